/*
 * Atomics: what each operation answers and leaves, at every width, wrapping
 * around, and where a comparison fails.
 */
#include "check.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Every generic function on one type. */
#define CHECK_TYPE(type, highest)                                              \
	do {                                                                   \
		static _Atomic type atom;                                      \
		type expected = 5;                                             \
		printf("%s\n", #type);                                         \
		atomic_init(&atom, 1);                                         \
		CHECK_VALUE(atomic_load(&atom));                               \
		CHECK_VALUE(                                                   \
			atomic_load_explicit(&atom, memory_order_acquire));    \
		atomic_store(&atom, 2);                                        \
		CHECK_VALUE(atomic_exchange(&atom, 3));                        \
		CHECK_VALUE(atomic_exchange_explicit(&atom, 4,                 \
						     memory_order_relaxed));   \
		CHECK_VALUE(                                                   \
			atomic_compare_exchange_strong(&atom, &expected, 6));  \
		CHECK_VALUE(expected);                                         \
		CHECK_VALUE(atomic_compare_exchange_strong(&atom, &expected,   \
							   highest));          \
		CHECK_VALUE(expected);                                         \
		CHECK_VALUE(atomic_fetch_add(&atom, 1));                       \
		CHECK_VALUE(atom);                                             \
		CHECK_VALUE(atomic_fetch_sub(&atom, 1));                       \
		CHECK_VALUE(atomic_fetch_and(&atom, 0x5a));                    \
		CHECK_VALUE(atomic_fetch_or(&atom, 0x25));                     \
		CHECK_VALUE(atomic_fetch_xor(&atom, 0x3f));                    \
		CHECK_VALUE(atom);                                             \
		CHECK_VALUE(atom += 3);                                        \
		CHECK_VALUE(atom *= 2);                                        \
		CHECK_VALUE(atom++);                                           \
		CHECK_VALUE(--atom);                                           \
	} while (0)

static void orders(void)
{
	static atomic_int atom;
	int expected = 7;

	atomic_store_explicit(&atom, 7, memory_order_release);
	CHECK_VALUE(atomic_load_explicit(&atom, memory_order_relaxed));
	CHECK_VALUE(atomic_compare_exchange_strong_explicit(
		&atom, &expected, 8, memory_order_acq_rel,
		memory_order_acquire));
	CHECK_VALUE(atomic_compare_exchange_strong_explicit(
		&atom, &expected, 9, memory_order_release,
		memory_order_relaxed));
	CHECK_VALUE(expected);
	while (!atomic_compare_exchange_weak(&atom, &expected, 10))
		;
	while (!atomic_compare_exchange_weak_explicit(&atom, &expected, 11,
						      memory_order_acquire,
						      memory_order_relaxed))
		;
	CHECK_VALUE(atom);
	CHECK_VALUE(expected);
	CHECK_VALUE(atomic_fetch_add_explicit(&atom, 5, memory_order_relaxed));
	CHECK_VALUE(atomic_fetch_sub_explicit(&atom, 1, memory_order_acquire));
	CHECK_VALUE(atomic_fetch_and_explicit(&atom, 6, memory_order_release));
	CHECK_VALUE(atomic_fetch_or_explicit(&atom, 9, memory_order_acq_rel));
	CHECK_VALUE(atomic_fetch_xor_explicit(&atom, 3, memory_order_seq_cst));
	CHECK_VALUE(atom);
	CHECK_VALUE(kill_dependency(7));
	atomic_thread_fence(memory_order_seq_cst);
	atomic_signal_fence(memory_order_acquire);
}

static void flags(void)
{
	static atomic_flag flag = ATOMIC_FLAG_INIT;

	CHECK_VALUE(atomic_flag_test_and_set(&flag));
	CHECK_VALUE(atomic_flag_test_and_set(&flag));
	atomic_flag_clear(&flag);
	CHECK_VALUE(
		atomic_flag_test_and_set_explicit(&flag, memory_order_acquire));
	atomic_flag_clear_explicit(&flag, memory_order_release);
	CHECK_VALUE(atomic_flag_test_and_set(&flag));
}

static void pointers(void)
{
	static int numbers[4];
	static int *_Atomic pointer = numbers;

	CHECK_VALUE(atomic_fetch_add(&pointer, 2) - numbers);
	CHECK_VALUE(pointer - numbers);
	CHECK_VALUE(atomic_exchange(&pointer, &numbers[3]) - numbers);
	CHECK_VALUE(atomic_is_lock_free(&pointer));
}

static void booleans(void)
{
	static atomic_bool atom;
	bool expected = true;

	CHECK_VALUE(atomic_exchange(&atom, 5));
	CHECK_VALUE(atom);
	CHECK_VALUE(atomic_compare_exchange_strong(&atom, &expected, false));
	CHECK_VALUE(atom);
}

static void older_builtins(void)
{
	static int number = 1;

	CHECK_VALUE(__sync_fetch_and_add(&number, 2));
	CHECK_VALUE(__sync_add_and_fetch(&number, 2));
	CHECK_VALUE(__atomic_fetch_nand(&number, 4, __ATOMIC_RELAXED));
	CHECK_VALUE(__sync_sub_and_fetch(&number, 1));
	CHECK_VALUE(__sync_bool_compare_and_swap(&number, 0, 1));
	CHECK_VALUE(__sync_val_compare_and_swap(&number, number, 1));
	CHECK_VALUE(__sync_lock_test_and_set(&number, 1));
	__sync_lock_release(&number);
	__sync_synchronize();
	CHECK_VALUE(number);
	CHECK_VALUE(__atomic_nand_fetch(&number, 1, __ATOMIC_SEQ_CST));
	number = 0;
	CHECK_VALUE(__atomic_test_and_set(&number, __ATOMIC_SEQ_CST));
	CHECK_VALUE(__atomic_test_and_set(&number, __ATOMIC_SEQ_CST));
}

int main(void)
{
	CHECK_TYPE(int8_t, INT8_MAX);
	CHECK_TYPE(uint8_t, UINT8_MAX);
	CHECK_TYPE(int16_t, INT16_MAX);
	CHECK_TYPE(uint16_t, UINT16_MAX);
	CHECK_TYPE(int32_t, INT32_MAX);
	CHECK_TYPE(uint32_t, UINT32_MAX);
	CHECK_TYPE(int64_t, INT64_MAX);
	CHECK_TYPE(uint64_t, UINT64_MAX);
	orders();
	flags();
	pointers();
	booleans();
	older_builtins();
	return 0;
}
