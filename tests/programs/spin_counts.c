/*
 * A loop that counts is in another state after each round: it goes on, and it
 * is said that not everything was tried.
 *
 * Options: --strategy dpor --max-steps 500
 * Verdict: incomplete
 * Incomplete: limit
 * Outcome: exit 0
 * Outcome: limit
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

static atomic_int stop;
static long work;

static void *count(void *unused)
{
	while (!atomic_load(&stop)) {
		work++;
		sched_yield();
	}
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, count, NULL);
	atomic_store(&stop, 1);
	pthread_join(thread, NULL);
	return work < 0;
}
