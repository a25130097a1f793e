/*
 * A wait until a point of time is over at once for who has slept beyond it; or
 * else it is not over at all, as it may not run out. For a while nothing else
 * remembers whether the thread has slept.
 *
 * Options: --timeouts 0
 * Verdict: incomplete
 * Incomplete: time-outs
 * Outcome: exit 0
 * Outcome: limit
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <unistd.h>

static sem_t semaphore;
static atomic_int changes;
static pthread_t changer;

static void *change(void *unused)
{
	atomic_store(&changes, 1);
	atomic_store(&changes, 2);
	return unused;
}

static void *sleep_sometimes(void *unused)
{
	/* The clock starts with the year 2000. */
	const struct timespec soon = {946684800 + 1, 0};

	if (atomic_load(&changes))
		sleep(2);
	pthread_join(changer, NULL);
	sem_timedwait(&semaphore, &soon);
	return unused;
}

int main(void)
{
	pthread_t thread;

	sem_init(&semaphore, 0, 0);
	pthread_create(&changer, NULL, change, NULL);
	pthread_create(&thread, NULL, sleep_sometimes, NULL);
	pthread_join(thread, NULL);
	return 0;
}
