/*
 * One of the two final values is not the expected one.
 *
 * Options: --expect x==2
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Finding: data-race variable=x
 * Finding: unexpected-value
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
