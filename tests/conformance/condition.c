/*
 * Condition variables: signals nobody waits for, waits that end at a time, and
 * the mutex afterwards.
 */
#include "check.h"

#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static bool ready;

static void nobody_waits(void)
{
	pthread_cond_t other;

	CHECK_ERROR(pthread_cond_signal(&condition));
	CHECK_ERROR(pthread_cond_broadcast(&condition));
	CHECK_ERROR(pthread_cond_init(&other, NULL));
	CHECK_ERROR(pthread_cond_signal(&other));
	CHECK_ERROR(pthread_cond_destroy(&other));
	CHECK_ERROR(pthread_cond_init(&other, NULL));
	CHECK_ERROR(pthread_cond_destroy(&other));
}

static void time_out(void)
{
	const struct timespec past = long_ago();
	const struct timespec invalid = invalid_time();
	const struct timespec negative = negative_time();
	const struct timespec before_everything = {.tv_sec = -1};
	struct timespec soon;

	CHECK_ERROR(pthread_mutex_lock(&mutex));
	CHECK_ERROR(pthread_cond_timedwait(&condition, &mutex, &past));
	CHECK_ERROR(pthread_mutex_trylock(&mutex));
	CHECK_ERROR(pthread_cond_timedwait(&condition, &mutex, &invalid));
	CHECK_ERROR(pthread_cond_timedwait(&condition, &mutex, &negative));
	CHECK_ERROR(
		pthread_cond_timedwait(&condition, &mutex, &before_everything));
	CHECK_ERROR(pthread_mutex_trylock(&mutex));
	soon = in_milliseconds(CLOCK_REALTIME, 20);
	CHECK_ERROR(pthread_cond_timedwait(&condition, &mutex, &soon));
	CHECK_ERROR(pthread_cond_clockwait(&condition, &mutex, CLOCK_MONOTONIC,
					   &past));
	CHECK_ERROR(pthread_cond_clockwait(&condition, &mutex, CLOCK_REALTIME,
					   &past));
	CHECK_ERROR(pthread_cond_clockwait(&condition, &mutex,
					   CLOCK_PROCESS_CPUTIME_ID, &past));
	CHECK_ERROR(pthread_cond_clockwait(&condition, &mutex, CLOCK_MONOTONIC,
					   &invalid));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
}

static void own_clock(void)
{
	pthread_condattr_t attributes;
	pthread_cond_t monotonic;
	struct timespec soon;

	pthread_condattr_init(&attributes);
	CHECK_ERROR(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC));
	CHECK_ERROR(pthread_cond_init(&monotonic, &attributes));
	pthread_condattr_destroy(&attributes);
	pthread_mutex_lock(&mutex);
	soon = in_milliseconds(CLOCK_MONOTONIC, 20);
	CHECK_ERROR(pthread_cond_timedwait(&monotonic, &mutex, &soon));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_cond_destroy(&monotonic));
}

static void *make_ready(void *all)
{
	pthread_mutex_lock(&mutex);
	ready = true;
	if (all != NULL)
		pthread_cond_broadcast(&condition);
	else
		pthread_cond_signal(&condition);
	pthread_mutex_unlock(&mutex);
	return NULL;
}

static int wait_until_ready(void *all)
{
	pthread_t thread;
	int result = 0;

	ready = false;
	pthread_mutex_lock(&mutex);
	pthread_create(&thread, NULL, make_ready, all);
	while (result == 0 && !ready)
		result = pthread_cond_wait(&condition, &mutex);
	pthread_mutex_unlock(&mutex);
	pthread_join(thread, NULL);
	return result;
}

static void recursive_mutex(void)
{
	static pthread_mutex_t again = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
	const struct timespec past = long_ago();

	CHECK_ERROR(pthread_mutex_lock(&again));
	CHECK_ERROR(pthread_cond_timedwait(&condition, &again, &past));
	CHECK_ERROR(pthread_mutex_unlock(&again));
	CHECK_ERROR(pthread_mutex_unlock(&again));
}

static void error_checking_mutex(void)
{
	static pthread_mutex_t careful =
		PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
	const struct timespec past = long_ago();

	CHECK_ERROR(pthread_cond_wait(&condition, &careful));
	CHECK_ERROR(pthread_cond_timedwait(&condition, &careful, &past));
	CHECK_ERROR(pthread_mutex_unlock(&careful));
}

int main(void)
{
	nobody_waits();
	time_out();
	own_clock();
	CHECK_ERROR(wait_until_ready(NULL));
	CHECK_ERROR(wait_until_ready(&ready));
	recursive_mutex();
	error_checking_mutex();
	CHECK_ERROR(pthread_cond_destroy(&condition));
	return 0;
}
