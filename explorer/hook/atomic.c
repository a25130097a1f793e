/*
 * Atomic operations: what compilers call under -fsanitize=thread, and what they
 * call for sizes without instructions of their own (libatomic's interface).
 */
#include <stdatomic.h>
#include <string.h>

#include "hook/hook.h"
#include "runtime/atomic.h"

typedef uint8_t value8;
typedef uint16_t value16;
typedef uint32_t value32;
typedef uint64_t value64;
typedef atomic_value value128;

#define PERFORM(runtime, target, width, what, memory_order, value)             \
	atomic_perform((runtime), &(struct atomic_request){                    \
					  .address = (uintptr_t)(target),      \
					  .bytes = (width) / 8,                \
					  .change = (what),                    \
					  .order = (memory_order),             \
					  .operand = (value),                  \
					  .place = PLACE,                      \
				  })

#define PERFORM_COMPARE(runtime, target, width, success, failure, compare,     \
			value)                                                 \
	atomic_perform((runtime), &(struct atomic_request){                    \
					  .address = (uintptr_t)(target),      \
					  .bytes = (width) / 8,                \
					  .change = ATOMIC_COMPARE,            \
					  .order = (success),                  \
					  .failure_order = (failure),          \
					  .operand = (value),                  \
					  .expected = (compare),               \
					  .place = PLACE,                      \
				  })

/* Natively: the instruction itself. An order that is not a constant counts as
 * sequentially consistent, which would make each store a locked one. */
#define NATIVE_STORE(target, value, order)                                     \
	do {                                                                   \
		if ((order) == __ATOMIC_SEQ_CST)                               \
			__atomic_store_n((target), (value), __ATOMIC_SEQ_CST); \
		else                                                           \
			__atomic_store_n((target), (value), __ATOMIC_RELEASE); \
	} while (0)

#define LOAD_STORE(width)                                                      \
	HOOK(value##width, __tsan_atomic##width##_load,                        \
	     const volatile value##width *target, int order)                   \
	{                                                                      \
		if (hook_runtime)                                              \
			return (value##width)PERFORM(hook_runtime, target,     \
						     width, ATOMIC_LOAD,       \
						     order, 0);                \
		return __atomic_load_n(target, __ATOMIC_SEQ_CST);              \
	}                                                                      \
	HOOK(void, __tsan_atomic##width##_store,                               \
	     volatile value##width *target, value##width value, int order)     \
	{                                                                      \
		if (hook_runtime)                                              \
			PERFORM(hook_runtime, target, width, ATOMIC_STORE,     \
				order, value);                                 \
		else                                                           \
			NATIVE_STORE(target, value, order);                    \
	}

#define UPDATE(width, name, what, native)                                      \
	HOOK(value##width, __tsan_atomic##width##_##name,                      \
	     volatile value##width *target, value##width value, int order)     \
	{                                                                      \
		if (hook_runtime)                                              \
			return (value##width)PERFORM(hook_runtime, target,     \
						     width, what, order,       \
						     value);                   \
		return native(target, value, __ATOMIC_SEQ_CST);                \
	}

#define COMPARE(width, name, weak)                                             \
	HOOK(int, __tsan_atomic##width##_compare_exchange_##name,              \
	     volatile value##width *target, value##width *expected,            \
	     value##width value, int order, int failure_order)                 \
	{                                                                      \
		value##width before;                                           \
		value##width wanted = *expected;                               \
                                                                               \
		if (!hook_runtime)                                             \
			return __atomic_compare_exchange_n(                    \
				target, expected, value, (weak),               \
				__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);           \
		before = (value##width)PERFORM_COMPARE(                        \
			hook_runtime, target, width, order, failure_order,     \
			wanted, value);                                        \
		*expected = before;                                            \
		return before == wanted;                                       \
	}

/* clang's form returns the value that was found. */
#define COMPARE_VALUE(width)                                                   \
	HOOK(value##width, __tsan_atomic##width##_compare_exchange_val,        \
	     volatile value##width *target, value##width expected,             \
	     value##width value, int order, int failure_order)                 \
	{                                                                      \
		if (hook_runtime)                                              \
			return (value##width)PERFORM_COMPARE(                  \
				hook_runtime, target, width, order,            \
				failure_order, expected, value);               \
		__atomic_compare_exchange_n(target, &expected, value, 0,       \
					    __ATOMIC_SEQ_CST,                  \
					    __ATOMIC_SEQ_CST);                 \
		return expected;                                               \
	}

#define ALL(width)                                                             \
	LOAD_STORE(width)                                                      \
	UPDATE(width, exchange, ATOMIC_EXCHANGE, __atomic_exchange_n)          \
	UPDATE(width, fetch_add, ATOMIC_ADD, __atomic_fetch_add)               \
	UPDATE(width, fetch_sub, ATOMIC_SUB, __atomic_fetch_sub)               \
	UPDATE(width, fetch_and, ATOMIC_AND, __atomic_fetch_and)               \
	UPDATE(width, fetch_or, ATOMIC_OR, __atomic_fetch_or)                  \
	UPDATE(width, fetch_xor, ATOMIC_XOR, __atomic_fetch_xor)               \
	UPDATE(width, fetch_nand, ATOMIC_NAND, __atomic_fetch_nand)            \
	COMPARE(width, strong, 0)                                              \
	COMPARE(width, weak, 1)                                                \
	COMPARE_VALUE(width)

ALL(8)
ALL(16)
ALL(32)
ALL(64)

HOOK(void, __tsan_atomic_thread_fence, int order)
{
	if (hook_runtime)
		atomic_fence(hook_runtime, order);
	else
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

HOOK(void, __tsan_atomic_signal_fence, int order)
{
	(void)order;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}
