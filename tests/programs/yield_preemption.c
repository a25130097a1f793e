/*
 * Leaving a thread that has just yielded is no preemption: nothing is withheld
 * here, and so the answer is complete.
 *
 * Options: --preemptions 0
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Finding: data-race variable=x
 */
#include <pthread.h>
#include <sched.h>

static int x;

static void *increment(void *unused)
{
	int local = x;

	sched_yield();
	x = local + 1;
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
