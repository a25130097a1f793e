/*
 * Waits for what nobody does. Within a bound that leaves nothing out that is
 * known as well.
 *
 * Options: --strategy states --preemptions 2
 * Verdict: findings
 * Outcome: livelock
 * Finding: livelock
 */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int flag;

static void *await(void *unused)
{
	while (!atomic_load(&flag))
		;
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, await, NULL);
	pthread_join(thread, NULL);
	return 0;
}
