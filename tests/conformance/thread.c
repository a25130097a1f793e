/*
 * Threads: what they return, how they end, who they are.
 */
#include "check.h"

#include <pthread.h>
#include <sched.h>
#include <stdint.h>

static void *return_argument(void *argument)
{
	return argument;
}

static void *exit_with_argument(void *argument)
{
	pthread_exit(argument);
}

static void exit_here(void *value)
{
	pthread_exit(value);
}

static void exit_below(void (*function)(void *), void *value)
{
	function(value);
}

static void *exit_from_deep(void *argument)
{
	exit_below(exit_here, argument);
	return NULL;
}

static intptr_t result_of(void *(*start)(void *), intptr_t argument)
{
	pthread_t thread;
	void *result = NULL;

	CHECK_ERROR(pthread_create(&thread, NULL, start, (void *)argument));
	CHECK_ERROR(pthread_join(thread, &result));
	return (intptr_t)result;
}

static void results(void)
{
	pthread_t thread;

	CHECK_VALUE(result_of(return_argument, 42));
	CHECK_VALUE(result_of(exit_with_argument, 43));
	CHECK_VALUE(result_of(exit_from_deep, -1));
	CHECK_VALUE(result_of(exit_with_argument, (intptr_t)PTHREAD_CANCELED));
	CHECK_ERROR(pthread_create(&thread, NULL, return_argument, NULL));
	CHECK_ERROR(pthread_join(thread, NULL));
}

static pthread_t of_thread;

static void *tell_self(void *creator)
{
	of_thread = pthread_self();
	CHECK_VALUE(pthread_equal(pthread_self(), pthread_self()) != 0);
	CHECK_VALUE(pthread_equal(pthread_self(), *(pthread_t *)creator) != 0);
	return NULL;
}

static void identity(void)
{
	pthread_t self = pthread_self();
	pthread_t thread;

	pthread_create(&thread, NULL, tell_self, &self);
	CHECK_ERROR(pthread_join(thread, NULL));
	CHECK_VALUE(pthread_equal(of_thread, thread) != 0);
	CHECK_VALUE(pthread_equal(thread, self) != 0);
	CHECK_VALUE(pthread_equal(self, pthread_self()) != 0);
	CHECK_ERROR(pthread_join(pthread_self(), NULL));
}

static void *create_and_join(void *depth)
{
	intptr_t left = (intptr_t)depth;
	void *result = NULL;
	pthread_t thread;

	if (left == 0)
		return (void *)1;
	pthread_create(&thread, NULL, create_and_join, (void *)(left - 1));
	pthread_join(thread, &result);
	return (void *)((intptr_t)result * 2);
}

static _Thread_local int own = 5;

static void *change_own(void *unused)
{
	CHECK_VALUE(own);
	own = 6;
	CHECK_VALUE(own);
	errno = EDOM;
	return unused;
}

static void thread_local_variables(void)
{
	pthread_t thread;

	own = 7;
	errno = ERANGE;
	pthread_create(&thread, NULL, change_own, NULL);
	pthread_join(thread, NULL);
	CHECK_VALUE(own);
	CHECK_VALUE(errno == ERANGE);
}

static void detached(void)
{
	pthread_attr_t attributes;
	pthread_t thread;

	pthread_attr_init(&attributes);
	CHECK_ERROR(pthread_attr_setdetachstate(&attributes,
						PTHREAD_CREATE_DETACHED));
	CHECK_ERROR(
		pthread_create(&thread, &attributes, return_argument, NULL));
	pthread_attr_destroy(&attributes);
	CHECK_ERROR(pthread_create(&thread, NULL, return_argument, NULL));
	CHECK_ERROR(pthread_detach(thread));
}

int main(void)
{
	results();
	identity();
	CHECK_VALUE(result_of(create_and_join, 3));
	thread_local_variables();
	detached();
	CHECK_VALUE(sched_yield());
	return 0;
}
