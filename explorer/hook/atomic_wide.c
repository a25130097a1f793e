/*
 * Atomic operations on 16 bytes, and libatomic's functions for structs of any
 * size.
 */
#include <string.h>

#include "hook/hook.h"
#include "runtime/atomic.h"
#include "runtime/memory.h"

/* --- Natively: 16 bytes by one instruction where the machine has it */

#if defined(__x86_64__)
#define WIDE __attribute__((target("cx16")))
WIDE static atomic_value swap_if(volatile atomic_value *target,
				 atomic_value expected, atomic_value value)
{
	return __sync_val_compare_and_swap(target, expected, value);
}
#else
static char wide_lock;

static atomic_value swap_if(volatile atomic_value *target,
			    atomic_value expected, atomic_value value)
{
	atomic_value before;

	while (__atomic_test_and_set(&wide_lock, __ATOMIC_ACQUIRE))
		;
	before = *target;
	if (before == expected)
		*target = value;
	__atomic_clear(&wide_lock, __ATOMIC_RELEASE);
	return before;
}
#endif

static atomic_value
native_change(volatile atomic_value *target, atomic_value operand,
	      atomic_value (*change)(atomic_value, atomic_value))
{
	atomic_value before = swap_if(target, 0, 0);

	for (;;) {
		atomic_value found =
			swap_if(target, before, change(before, operand));

		if (found == before)
			return before;
		before = found;
	}
}

/* --- The compilers' hooks */

#define PERFORM(target, what, memory_order, value)                             \
	atomic_perform(hook_runtime, &(struct atomic_request){                 \
					     .address = (uintptr_t)(target),   \
					     .bytes = sizeof(atomic_value),    \
					     .change = (what),                 \
					     .order = (memory_order),          \
					     .operand = (value),               \
					     .place = PLACE,                   \
				     })

#define PERFORM_COMPARE(target, success, failure, compare, value)              \
	atomic_perform(hook_runtime, &(struct atomic_request){                 \
					     .address = (uintptr_t)(target),   \
					     .bytes = sizeof(atomic_value),    \
					     .change = ATOMIC_COMPARE,         \
					     .order = (success),               \
					     .failure_order = (failure),       \
					     .operand = (value),               \
					     .expected = (compare),            \
					     .place = PLACE,                   \
				     })

HOOK(atomic_value, __tsan_atomic128_load, volatile atomic_value *target,
     int order)
{
	if (hook_runtime)
		return PERFORM(target, ATOMIC_LOAD, order, 0);
	return swap_if(target, 0, 0);
}

#define UPDATE(name, what, expression)                                         \
	static atomic_value change_by_##name(atomic_value before,              \
					     atomic_value value)               \
	{                                                                      \
		(void)before;                                                  \
		return (expression);                                           \
	}                                                                      \
	HOOK(atomic_value, __tsan_atomic128_##name,                            \
	     volatile atomic_value *target, atomic_value value, int order)     \
	{                                                                      \
		if (hook_runtime)                                              \
			return PERFORM(target, what, order, value);            \
		return native_change(target, value, change_by_##name);         \
	}

UPDATE(exchange, ATOMIC_EXCHANGE, value)
UPDATE(fetch_add, ATOMIC_ADD, before + value)
UPDATE(fetch_sub, ATOMIC_SUB, before - value)
UPDATE(fetch_and, ATOMIC_AND, before &value)
UPDATE(fetch_or, ATOMIC_OR, before | value)
UPDATE(fetch_xor, ATOMIC_XOR, before ^ value)
UPDATE(fetch_nand, ATOMIC_NAND, ~(before &value))

HOOK(void, __tsan_atomic128_store, volatile atomic_value *target,
     atomic_value value, int order)
{
	if (hook_runtime)
		PERFORM(target, ATOMIC_STORE, order, value);
	else
		native_change(target, value, change_by_exchange);
}

#define COMPARE(name)                                                          \
	HOOK(int, __tsan_atomic128_compare_exchange_##name,                    \
	     volatile atomic_value *target, atomic_value *expected,            \
	     atomic_value value, int order, int failure_order)                 \
	{                                                                      \
		atomic_value wanted = *expected;                               \
                                                                               \
		*expected = hook_runtime ? PERFORM_COMPARE(target, order,      \
							   failure_order,      \
							   wanted, value)      \
					 : swap_if(target, wanted, value);     \
		return *expected == wanted;                                    \
	}

COMPARE(strong)
COMPARE(weak)

HOOK(atomic_value, __tsan_atomic128_compare_exchange_val,
     volatile atomic_value *target, atomic_value expected, atomic_value value,
     int order, int failure_order)
{
	if (hook_runtime)
		return PERFORM_COMPARE(target, order, failure_order, expected,
				       value);
	return swap_if(target, expected, value);
}
