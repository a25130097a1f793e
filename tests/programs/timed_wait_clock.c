/*
 * Whether a wait runs out in time does not depend on when the clock is read if
 * it is given what it waits for, but does if it is not: then the reading comes
 * before or after. All that follows the wait, at one go, comes before or after
 * both the reading and, where the wait ran out, the post.
 *
 * Verdict: verified
 * Outcome: exit 0
 * Executions: 8
 * Options: --strategy dpor
 */
#include <explorer.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>
#include <time.h>

static sem_t semaphore;

static void *post(void *unused)
{
	sem_post(&semaphore);
	return unused;
}

static void *wait_a_while(void *unused)
{
	const struct timespec late = {2000000000, 0};

	sem_timedwait(&semaphore, &late);
	explorer_atomic_begin();
	explorer_atomic_end();
	return unused;
}

static void *read_clock(void *unused)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return unused;
}

int main(void)
{
	void *(*const bodies[])(void *) = {post, wait_a_while, read_clock};
	pthread_t threads[3];

	sem_init(&semaphore, 0, 0);
	for (int i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, bodies[i], NULL);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
