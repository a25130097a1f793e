/*
 * What every atomic operation returns and leaves behind.
 *
 * Watch: wrong
 * Verdict: verified
 * Outcome: exit 0 wrong=0
 * Executions: 1
 */
#include <stdatomic.h>

static _Atomic int counter = 1;
static int x = 12;
static atomic_flag flag = ATOMIC_FLAG_INIT;
static int wrong;

static void expect(int truth)
{
	wrong = wrong * 2 + !truth;
}

int main(void)
{
	int expected = 5;

	expect(counter++ == 1 && ++counter == 3);
	counter *= 5;
	expect(counter == 15);
	expect(__atomic_exchange_n(&x, 6, __ATOMIC_ACQ_REL) == 12);
	expect(!__atomic_compare_exchange_n(&x, &expected, 7, 0,
					    __ATOMIC_SEQ_CST,
					    __ATOMIC_SEQ_CST) &&
	       expected == 6);
	expect(__atomic_compare_exchange_n(&x, &expected, 7, 1,
					   __ATOMIC_SEQ_CST,
					   __ATOMIC_RELAXED) &&
	       x == 7);
	expect(__atomic_fetch_sub(&x, 3, __ATOMIC_SEQ_CST) == 7 && x == 4);
	expect(__atomic_or_fetch(&x, 3, __ATOMIC_SEQ_CST) == 7);
	expect(__atomic_fetch_and(&x, 5, __ATOMIC_SEQ_CST) == 7 && x == 5);
	expect(__atomic_xor_fetch(&x, 15, __ATOMIC_SEQ_CST) == 10);
	expect(__atomic_nand_fetch(&x, 2, __ATOMIC_SEQ_CST) == ~2);
	expect(__sync_fetch_and_add(&x, 4) == ~2 && x == 1);
	expect(__sync_bool_compare_and_swap(&x, 1, 9) && x == 9);
	expect(__sync_val_compare_and_swap(&x, 1, 2) == 9);
	expect(__sync_lock_test_and_set(&x, 1) == 9);
	__sync_lock_release(&x);
	expect(x == 0);
	__sync_synchronize();
	expect(!atomic_flag_test_and_set(&flag) &&
	       atomic_flag_test_and_set(&flag));
	atomic_flag_clear(&flag);
	atomic_thread_fence(memory_order_seq_cst);
	expect(!atomic_flag_test_and_set(&flag));
	return 0;
}
