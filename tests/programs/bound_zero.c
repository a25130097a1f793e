/*
 * Without a preemption no update is lost, and the answer says that it is not
 * the whole one.
 *
 * Options: --preemptions 0
 * Watch: x
 * Verdict: findings
 * Incomplete: bound
 * Outcome: exit 0 x=2
 * Finding: data-race variable=x
 * Executions: 2
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
