/*
 * Locks that are waited for until a time, and robust mutexes.
 */
#include "check.h"

#include <pthread.h>

static pthread_mutex_t mutex;

static void init(int type)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, type);
	pthread_mutex_init(&mutex, &attributes);
	pthread_mutexattr_destroy(&attributes);
}

static void free_mutex(void)
{
	const struct timespec past = long_ago();
	const struct timespec invalid = invalid_time();

	init(PTHREAD_MUTEX_NORMAL);
	CHECK_ERROR(pthread_mutex_timedlock(&mutex, &past));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_timedlock(&mutex, &invalid));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &past));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_clocklock(&mutex, CLOCK_PROCESS_CPUTIME_ID,
					    &past));
	CHECK_ERROR(pthread_mutex_destroy(&mutex));
}

static void held_mutex(void)
{
	const struct timespec past = long_ago();
	const struct timespec invalid = invalid_time();
	const struct timespec negative = negative_time();
	struct timespec soon;

	init(PTHREAD_MUTEX_NORMAL);
	CHECK_ERROR(pthread_mutex_lock(&mutex));
	CHECK_ERROR(pthread_mutex_timedlock(&mutex, &past));
	CHECK_ERROR(pthread_mutex_timedlock(&mutex, &invalid));
	CHECK_ERROR(pthread_mutex_timedlock(&mutex, &negative));
	soon = in_milliseconds(CLOCK_REALTIME, 20);
	CHECK_ERROR(pthread_mutex_timedlock(&mutex, &soon));
	soon = in_milliseconds(CLOCK_MONOTONIC, 20);
	CHECK_ERROR(pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &soon));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_trylock(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_destroy(&mutex));
}

static void own_mutex(void)
{
	const struct timespec past = long_ago();

	init(PTHREAD_MUTEX_RECURSIVE);
	CHECK_ERROR(pthread_mutex_timedlock(&mutex, &past));
	CHECK_ERROR(pthread_mutex_timedlock(&mutex, &past));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	init(PTHREAD_MUTEX_ERRORCHECK);
	CHECK_ERROR(pthread_mutex_timedlock(&mutex, &past));
	CHECK_ERROR(pthread_mutex_timedlock(&mutex, &past));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
}

int main(void)
{
	free_mutex();
	held_mutex();
	own_mutex();
	return 0;
}
