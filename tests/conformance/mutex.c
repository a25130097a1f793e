/*
 * Mutexes: what each type answers to its owner, to another thread, and after
 * the wrong order of calls.
 */
#include "check.h"

#include <pthread.h>

static pthread_mutex_t mutex;

static void init(int type)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	CHECK_ERROR(pthread_mutexattr_settype(&attributes, type));
	CHECK_ERROR(pthread_mutex_init(&mutex, &attributes));
	CHECK_ERROR(pthread_mutexattr_destroy(&attributes));
}

/* --- Another thread looks at it */

static void *from_another(void *unused)
{
	const int result = pthread_mutex_trylock(&mutex);

	printf("from another: trylock %s\n", error_name(result));
	if (result == 0)
		printf("from another: unlock %s\n",
		       error_name(pthread_mutex_unlock(&mutex)));
	return unused;
}

static void *unlock_of_another(void *unused)
{
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	return unused;
}

static void ask_another(void *(*question)(void *))
{
	pthread_t thread;

	pthread_create(&thread, NULL, question, NULL);
	pthread_join(thread, NULL);
}

/* --- The types */

static void normal(void)
{
	init(PTHREAD_MUTEX_NORMAL);
	CHECK_ERROR(pthread_mutex_lock(&mutex));
	CHECK_ERROR(pthread_mutex_trylock(&mutex));
	ask_another(from_another);
	CHECK_ERROR(pthread_mutex_destroy(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	ask_another(from_another);
	CHECK_ERROR(pthread_mutex_trylock(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_destroy(&mutex));
}

static void recursive(void)
{
	init(PTHREAD_MUTEX_RECURSIVE);
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_lock(&mutex));
	CHECK_ERROR(pthread_mutex_lock(&mutex));
	CHECK_ERROR(pthread_mutex_trylock(&mutex));
	ask_another(from_another);
	ask_another(unlock_of_another);
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	ask_another(from_another);
	CHECK_ERROR(pthread_mutex_destroy(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	ask_another(from_another);
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_destroy(&mutex));
}

static void error_checking(void)
{
	init(PTHREAD_MUTEX_ERRORCHECK);
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_lock(&mutex));
	CHECK_ERROR(pthread_mutex_lock(&mutex));
	CHECK_ERROR(pthread_mutex_trylock(&mutex));
	ask_another(unlock_of_another);
	ask_another(from_another);
	CHECK_ERROR(pthread_mutex_destroy(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_destroy(&mutex));
}

static void adaptive(void)
{
	init(PTHREAD_MUTEX_ADAPTIVE_NP);
	CHECK_ERROR(pthread_mutex_lock(&mutex));
	CHECK_ERROR(pthread_mutex_trylock(&mutex));
	ask_another(from_another);
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	ask_another(from_another);
	CHECK_ERROR(pthread_mutex_destroy(&mutex));
}

static void initialisers(void)
{
	static pthread_mutex_t plain = PTHREAD_MUTEX_INITIALIZER;
	static pthread_mutex_t again = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
	static pthread_mutex_t careful =
		PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
	static pthread_mutex_t spinning = PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP;

	CHECK_ERROR(pthread_mutex_lock(&plain));
	CHECK_ERROR(pthread_mutex_trylock(&plain));
	CHECK_ERROR(pthread_mutex_unlock(&plain));
	CHECK_ERROR(pthread_mutex_lock(&again));
	CHECK_ERROR(pthread_mutex_trylock(&again));
	CHECK_ERROR(pthread_mutex_unlock(&again));
	CHECK_ERROR(pthread_mutex_unlock(&again));
	CHECK_ERROR(pthread_mutex_unlock(&again));
	CHECK_ERROR(pthread_mutex_lock(&careful));
	CHECK_ERROR(pthread_mutex_lock(&careful));
	CHECK_ERROR(pthread_mutex_unlock(&careful));
	CHECK_ERROR(pthread_mutex_unlock(&careful));
	CHECK_ERROR(pthread_mutex_trylock(&spinning));
	CHECK_ERROR(pthread_mutex_trylock(&spinning));
	CHECK_ERROR(pthread_mutex_unlock(&spinning));
}

static void many_times(void)
{
	init(PTHREAD_MUTEX_RECURSIVE);
	for (int i = 0; i < 100; i++)
		pthread_mutex_lock(&mutex);
	for (int i = 0; i < 99; i++)
		pthread_mutex_unlock(&mutex);
	ask_another(from_another);
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
}

int main(void)
{
	int ceiling = 0;

	normal();
	recursive();
	error_checking();
	adaptive();
	initialisers();
	many_times();
	CHECK_ERROR(pthread_mutex_init(&mutex, NULL));
	CHECK_ERROR(pthread_mutex_getprioceiling(&mutex, &ceiling));
	CHECK_ERROR(pthread_mutex_setprioceiling(&mutex, 1, &ceiling));
	CHECK_ERROR(pthread_mutex_destroy(&mutex));
	return 0;
}
