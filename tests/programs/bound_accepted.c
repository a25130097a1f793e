/*
 * A bound that the user accepts makes the exit status 0.
 *
 * Options: --preemptions 1 --accept bound
 * Watch: x
 * Verdict: incomplete
 * Status: 0
 * Incomplete: bound
 * Outcome: exit 0 x=4
 */
#include <pthread.h>

static int x;

static void *increment(void *unused)
{
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, increment, NULL);
	pthread_create(&second, NULL, increment, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
