/*
 * explorer/runtime/atomic.c
 */
#include "runtime/atomic.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "engine/toy.h"

static bool agrees = true;

ON_FIBER static uint64_t perform(enum atomic_change change, void *at,
				 uint32_t bytes, uint64_t operand,
				 uint64_t expected)
{
	return (uint64_t)atomic_perform(
		&toy.runtime, &(struct atomic_request){
				      .address = (uintptr_t)at,
				      .bytes = bytes,
				      .change = change,
				      .order = __ATOMIC_SEQ_CST,
				      .failure_order = __ATOMIC_ACQUIRE,
				      .operand = operand,
				      .expected = expected,
			      });
}

/* The compiler's own operation on the same value. */
#define REAL(type)                                                             \
	static type real_##type(enum atomic_change change, type *at,           \
				type operand, type expected)                   \
	{                                                                      \
		switch (change) {                                              \
		case ATOMIC_LOAD:                                              \
			return __atomic_load_n(at, __ATOMIC_SEQ_CST);          \
		case ATOMIC_STORE:                                             \
		case ATOMIC_EXCHANGE:                                          \
			return __atomic_exchange_n(at, operand,                \
						   __ATOMIC_SEQ_CST);          \
		case ATOMIC_ADD:                                               \
			return __atomic_fetch_add(at, operand,                 \
						  __ATOMIC_SEQ_CST);           \
		case ATOMIC_SUB:                                               \
			return __atomic_fetch_sub(at, operand,                 \
						  __ATOMIC_SEQ_CST);           \
		case ATOMIC_AND:                                               \
			return __atomic_fetch_and(at, operand,                 \
						  __ATOMIC_SEQ_CST);           \
		case ATOMIC_OR:                                                \
			return __atomic_fetch_or(at, operand,                  \
						 __ATOMIC_SEQ_CST);            \
		case ATOMIC_XOR:                                               \
			return __atomic_fetch_xor(at, operand,                 \
						  __ATOMIC_SEQ_CST);           \
		case ATOMIC_NAND:                                              \
			return __atomic_fetch_nand(at, operand,                \
						   __ATOMIC_SEQ_CST);          \
		case ATOMIC_COMPARE:                                           \
			__atomic_compare_exchange_n(at, &expected, operand,    \
						    false, __ATOMIC_SEQ_CST,   \
						    __ATOMIC_SEQ_CST);         \
			return expected;                                       \
		}                                                              \
		return 0;                                                      \
	}                                                                      \
	ON_FIBER static void compare_##type(enum atomic_change change)         \
	{                                                                      \
		type ours = (type)rand();                                      \
		type real = ours;                                              \
		type operand = (type)rand();                                   \
		type expected = rand() % 2 ? ours : (type)rand();              \
		type before = (type)perform(change, &ours, sizeof(ours),       \
					    operand, expected);                \
                                                                               \
		/* A failed one returns what it found. */                      \
		agrees &= real_##type(change, &real, operand, expected) ==     \
				  before &&                                    \
			  real == ours;                                        \
	}

REAL(uint8_t)
REAL(uint16_t)
REAL(uint32_t)
REAL(uint64_t)

ON_FIBER static void compare_all(unsigned number)
{
	(void)number;
	for (int i = 0; i < 1000; i++) {
		for (enum atomic_change change = ATOMIC_LOAD;
		     change <= ATOMIC_COMPARE; change++) {
			compare_uint8_t(change);
			compare_uint16_t(change);
			compare_uint32_t(change);
			compare_uint64_t(change);
		}
	}
}

Test(atomic, does_what_the_compilers_operations_do)
{
	toy_start(1, compare_all);
	engine_begin(&toy.engine);
	toy_run_out();
	cr_assert(agrees);
}

static int private_memory;

/* A success on what threads share, then a failure on what is private. */
ON_FIBER static void compare_twice(unsigned number)
{
	(void)number;
	perform(ATOMIC_COMPARE, &toy.memory->x, sizeof(int), 1, 0);
	perform(ATOMIC_COMPARE, &private_memory, sizeof(int), 1, 7);
}

Test(atomic, private_ones_say_nothing_of_the_step_they_are_in)
{
	toy_start(1, compare_twice);
	engine_begin(&toy.engine);
	toy_step(1);
	cr_assert(eq(int, toy.memory->x, 1));
	cr_assert(not(toy.engine.log[0].failed));
}

ON_FIBER static void compare_in_vain(unsigned number)
{
	(void)number;
	perform(ATOMIC_COMPARE, &toy.memory->x, sizeof(int), 1, 5);
	perform(ATOMIC_COMPARE, &private_memory, sizeof(int), 1, 0);
}

Test(atomic, a_failed_one_is_known_as_such)
{
	toy_start(1, compare_in_vain);
	engine_begin(&toy.engine);
	toy_step(1);
	cr_assert(eq(int, toy.memory->x, 0));
	cr_assert(toy.engine.log[0].failed);
	cr_assert(eq(int, toy.engine.log[0].operation.order, ORDER_ACQUIRE));
}

ON_FIBER static void operate(unsigned number)
{
	(void)number;
	for (enum atomic_change change = ATOMIC_LOAD; change <= ATOMIC_COMPARE;
	     change++)
		perform(change, &toy.memory->x, sizeof(int), 1, 0);
}

Test(atomic, each_is_a_step_of_its_kind)
{
	static const enum op expected[] = {OP_ATOMIC_LOAD,   OP_ATOMIC_STORE,
					   OP_ATOMIC_UPDATE, OP_ATOMIC_UPDATE,
					   OP_ATOMIC_UPDATE, OP_ATOMIC_UPDATE,
					   OP_ATOMIC_UPDATE, OP_ATOMIC_UPDATE,
					   OP_ATOMIC_UPDATE, OP_ATOMIC_COMPARE};

	toy_start(1, operate);
	engine_begin(&toy.engine);
	toy_run_out();
	for (unsigned i = 0; i < 10; i++) {
		const struct performed *performed = &toy.engine.log[i];

		cr_assert(eq(int, performed->operation.op, expected[i]));
		cr_assert(
			eq(int, performed->operation.order,
			   performed->failed ? ORDER_ACQUIRE : ORDER_SEQ_CST));
	}
}
