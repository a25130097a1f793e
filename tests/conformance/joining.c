/*
 * Joining that does not wait for ever; names, kill with 0, what threads are
 * made of.
 */
#include "check.h"

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>

static sem_t end;

static void *wait_for_end(void *value)
{
	sem_wait(&end);
	return value;
}

static void joining(void)
{
	const struct timespec past = long_ago();
	pthread_t thread;
	void *result = NULL;

	CHECK_ERROR(pthread_create(&thread, NULL, wait_for_end, (void *)5));
	CHECK_ERROR(pthread_tryjoin_np(thread, &result));
	CHECK_ERROR(pthread_timedjoin_np(thread, &result, &past));
	CHECK_ERROR(
		pthread_clockjoin_np(thread, &result, CLOCK_MONOTONIC, &past));
	CHECK_ERROR(pthread_clockjoin_np(thread, &result,
					 CLOCK_PROCESS_CPUTIME_ID, &past));
	CHECK_ERROR(pthread_kill(thread, 0));
	CHECK_ERROR(pthread_kill(thread, 7777));
	sem_post(&end);
	CHECK_ERROR(pthread_join(thread, &result));
	CHECK_VALUE(result == (void *)5);
	CHECK_ERROR(pthread_tryjoin_np(pthread_self(), &result));
	CHECK_ERROR(pthread_kill(pthread_self(), 0));
}

static void *own_name(void *unused)
{
	char name[16];

	CHECK_ERROR(pthread_setname_np(pthread_self(), "worker"));
	CHECK_ERROR(pthread_getname_np(pthread_self(), name, sizeof(name)));
	printf("name: %s\n", name);
	return unused;
}

static void names(void)
{
	char name[16];
	pthread_t thread;

	CHECK_ERROR(pthread_setname_np(pthread_self(), "fifteen letters"));
	CHECK_ERROR(pthread_setname_np(pthread_self(), "sixteen letters."));
	CHECK_ERROR(pthread_getname_np(pthread_self(), name, sizeof(name)));
	printf("name: %s\n", name);
	CHECK_ERROR(pthread_getname_np(pthread_self(), name, 15));
	pthread_create(&thread, NULL, own_name, NULL);
	pthread_join(thread, NULL);
	CHECK_ERROR(pthread_getname_np(pthread_self(), name, sizeof(name)));
	printf("name: %s\n", name);
}

static void scheduling(void)
{
	struct sched_param parameters;
	int policy = -1;

	CHECK_ERROR(
		pthread_getschedparam(pthread_self(), &policy, &parameters));
	CHECK_VALUE(policy == SCHED_OTHER);
	CHECK_VALUE(parameters.sched_priority);
	CHECK_ERROR(pthread_setschedparam(pthread_self(), SCHED_OTHER,
					  &parameters));
	CHECK_VALUE(pthread_getconcurrency());
	CHECK_ERROR(pthread_setconcurrency(4));
	CHECK_VALUE(pthread_getconcurrency());
	CHECK_ERROR(pthread_setconcurrency(-1));
}

static void attributes_of_self(void)
{
	pthread_attr_t attributes;
	int detached = -1;
	void *address = NULL;
	size_t size = 0;

	CHECK_ERROR(pthread_getattr_np(pthread_self(), &attributes));
	CHECK_ERROR(pthread_attr_getdetachstate(&attributes, &detached));
	CHECK_VALUE(detached == PTHREAD_CREATE_JOINABLE);
	CHECK_ERROR(pthread_attr_getstack(&attributes, &address, &size));
	CHECK_VALUE((char *)&size >= (char *)address &&
		    (char *)&size < (char *)address + size);
	CHECK_ERROR(pthread_attr_destroy(&attributes));
}

int main(void)
{
	sem_init(&end, 0, 0);
	joining();
	names();
	scheduling();
	attributes_of_self();
	return 0;
}
