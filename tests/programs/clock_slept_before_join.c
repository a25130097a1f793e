/*
 * Who joins a thread knows how late it was for that. Until then nothing tells
 * whether it has slept, as somebody else has for certain.
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
static sem_t slept;
static atomic_int changes;

static void *change(void *unused)
{
	atomic_store(&changes, 1);
	atomic_store(&changes, 2);
	return unused;
}

static void *sleep_always(void *unused)
{
	sleep(2);
	sem_post(&slept);
	return unused;
}

static void *sleep_sometimes(void *unused)
{
	if (atomic_load(&changes))
		sleep(2);
	return unused;
}

int main(void)
{
	/* The clock starts with the year 2000. */
	const struct timespec soon = {946684800 + 1, 0};
	pthread_t threads[3];

	sem_init(&semaphore, 0, 0);
	sem_init(&slept, 0, 0);
	pthread_create(&threads[0], NULL, change, NULL);
	pthread_create(&threads[1], NULL, sleep_sometimes, NULL);
	pthread_create(&threads[2], NULL, sleep_always, NULL);
	sem_wait(&slept);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	sem_timedwait(&semaphore, &soon);
	return 0;
}
