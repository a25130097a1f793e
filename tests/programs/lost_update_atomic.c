/*
 * The increments are read-modify-write operations: nothing is lost.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2
 * Lost: none
 * Executions: 2
 */
#include <pthread.h>

static int x;

static void *increment(void *unused)
{
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
