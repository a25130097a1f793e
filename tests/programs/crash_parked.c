/*
 * A fault ends the process only when its thread is next to move: the other
 * thread may write before, or not.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: crash 11 x=0
 * Outcome: crash 11 x=1
 * Finding: crash in=fault at=here
 */
#include <pthread.h>

static int x;

static void *fault(void *unused)
{
	*(volatile int *)8 = 1; /* here */
	return unused;
}

static void *other(void *unused)
{
	__atomic_store_n(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, fault, NULL);
	pthread_create(&second, NULL, other, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
