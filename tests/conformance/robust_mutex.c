/*
 * Robust mutexes: whose owner ends, and what the next one is told.
 */
#include "check.h"

#include <pthread.h>

static pthread_mutex_t mutex;

static void init(int type)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, type);
	CHECK_ERROR(
		pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST));
	CHECK_ERROR(pthread_mutex_init(&mutex, &attributes));
	pthread_mutexattr_destroy(&attributes);
}

static void *lock_and_end(void *unused)
{
	pthread_mutex_lock(&mutex);
	return unused;
}

static void *try_it(void *unused)
{
	printf("from another: trylock %s\n",
	       error_name(pthread_mutex_trylock(&mutex)));
	return unused;
}

static void in_thread(void *(*function)(void *))
{
	pthread_t thread;

	pthread_create(&thread, NULL, function, NULL);
	pthread_join(thread, NULL);
}

static void made_consistent(void)
{
	CHECK_ERROR(pthread_mutex_lock(&mutex));
	CHECK_ERROR(pthread_mutex_consistent(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	in_thread(lock_and_end);
	CHECK_ERROR(pthread_mutex_lock(&mutex));
	in_thread(try_it);
	CHECK_ERROR(pthread_mutex_consistent(&mutex));
	CHECK_ERROR(pthread_mutex_consistent(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_lock(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
}

static void tried(void)
{
	in_thread(lock_and_end);
	CHECK_ERROR(pthread_mutex_trylock(&mutex));
	CHECK_ERROR(pthread_mutex_consistent(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
}

static void given_up(void)
{
	in_thread(lock_and_end);
	CHECK_ERROR(pthread_mutex_lock(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_lock(&mutex));
	CHECK_ERROR(pthread_mutex_trylock(&mutex));
	CHECK_ERROR(pthread_mutex_consistent(&mutex));
	CHECK_ERROR(pthread_mutex_destroy(&mutex));
}

int main(void)
{
	init(PTHREAD_MUTEX_NORMAL);
	made_consistent();
	tried();
	given_up();
	init(PTHREAD_MUTEX_RECURSIVE);
	made_consistent();
	given_up();
	init(PTHREAD_MUTEX_ERRORCHECK);
	made_consistent();
	given_up();
	return 0;
}
