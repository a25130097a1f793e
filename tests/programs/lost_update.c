/*
 * Two increments without a lock: one is lost where both read before either
 * writes.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Lost: exit 0 x=1
 * Finding: data-race variable=x in=increment,increment
 * Executions: 6
 */
#include <pthread.h>

static int x;

static void *increment(void *unused)
{
	x = x + 1;
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
