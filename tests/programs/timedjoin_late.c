/*
 * A join whose deadline is past does not wait, however often the thread has
 * timed out before.
 *
 * Verdict: verified
 * Outcome: exit 1
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static sem_t end;

static void *work(void *unused)
{
	sem_wait(&end);
	return unused;
}

int main(void)
{
	const struct timespec until = {2000000000, 0};
	pthread_t thread;
	int first;
	int second;

	sem_init(&end, 0, 0);
	pthread_create(&thread, NULL, work, NULL);
	first = pthread_clockjoin_np(thread, NULL, CLOCK_MONOTONIC, &until);
	second = pthread_clockjoin_np(thread, NULL, CLOCK_MONOTONIC, &until);
	sem_post(&end);
	pthread_join(thread, NULL);
	return first == ETIMEDOUT && second == ETIMEDOUT;
}
