/*
 * A division by what is zero in one of the orders.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=5
 * Outcome: crash 8 x=0
 * Finding: crash in=divide at=here
 */
#include <pthread.h>

static int divisor;
static int x;

static void *set(void *unused)
{
	__atomic_store_n(&divisor, 2, __ATOMIC_SEQ_CST);
	return unused;
}

static void *divide(void *unused)
{
	int local = __atomic_load_n(&divisor, __ATOMIC_SEQ_CST);

	x = 10 / local; /* here */
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, set, NULL);
	pthread_create(&second, NULL, divide, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
