/*
 * What timed locks and waits return: taken, timed out, and for a time that is
 * none, each as in glibc. Nothing here depends on the schedule.
 *
 * Options: --timeouts 3
 * Verdict: verified
 * Outcome: exit 0
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

static const struct timespec past = {1, 0};
static const struct timespec none = {1, 1000000000};

static void check(int holds)
{
	if (!holds)
		abort();
}

static void lock(void)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t mutex;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
	pthread_mutex_init(&mutex, &attributes);
	check(pthread_mutex_timedlock(&mutex, &none) == 0);
	check(pthread_mutex_timedlock(&mutex, &past) == EDEADLK);
	pthread_mutex_unlock(&mutex);
	check(pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &past) == 0);
	pthread_mutex_unlock(&mutex);
	check(pthread_mutex_clocklock(&mutex, CLOCK_PROCESS_CPUTIME_ID,
				      &past) == EINVAL);
	pthread_mutex_destroy(&mutex);
}

static void lock_held(void)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&mutex);
	check(pthread_mutex_timedlock(&mutex, &none) == EINVAL);
	check(pthread_mutex_timedlock(&mutex, &past) == ETIMEDOUT);
	pthread_mutex_unlock(&mutex);
}

static void semaphore(void)
{
	sem_t semaphore;

	sem_init(&semaphore, 0, 1);
	errno = 0;
	check(sem_timedwait(&semaphore, &none) == -1 && errno == EINVAL);
	check(sem_timedwait(&semaphore, &past) == 0);
	errno = 0;
	check(sem_timedwait(&semaphore, &past) == -1 && errno == ETIMEDOUT);
	check(sem_clockwait(&semaphore, 77, &past) == -1 && errno == EINVAL);
	sem_destroy(&semaphore);
}

static void condition(void)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t condition = PTHREAD_COND_INITIALIZER;

	pthread_mutex_lock(&mutex);
	check(pthread_cond_timedwait(&condition, &mutex, &none) == EINVAL);
	check(pthread_cond_clockwait(&condition, &mutex, 77, &past) == EINVAL);
	check(pthread_cond_clockwait(&condition, &mutex, CLOCK_MONOTONIC,
				     &past) == ETIMEDOUT);
	check(pthread_mutex_trylock(&mutex) == EBUSY);
	pthread_mutex_unlock(&mutex);
}

int main(void)
{
	lock();
	lock_held();
	semaphore();
	condition();
	return 0;
}
