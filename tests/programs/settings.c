/*
 * Names, scheduling and processors of threads: what was set is there to be
 * read, and a new thread has its creator's.
 *
 * Verdict: verified
 * Executions: 1
 * Outcome: exit 0 "worker 0 worker 1 "
 */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static void check_scheduling(void)
{
	struct sched_param parameters;
	int policy;

	assert(pthread_getschedparam(pthread_self(), &policy, &parameters) ==
	       0);
	assert(policy == SCHED_OTHER && parameters.sched_priority == 0);
	assert(pthread_setschedparam(pthread_self(), SCHED_OTHER,
				     &parameters) == 0);
	assert(pthread_setschedprio(pthread_self(), 0) == 0);
	assert(pthread_setschedprio(pthread_self(), 5) == EINVAL);
	parameters.sched_priority = 1;
	assert(pthread_setschedparam(pthread_self(), SCHED_OTHER,
				     &parameters) == EINVAL);
}

static void check_processors(void)
{
	cpu_set_t set;

	assert(pthread_getaffinity_np(pthread_self(), sizeof(set), &set) == 0);
	assert(CPU_COUNT(&set) >= 1);
	assert(pthread_setaffinity_np(pthread_self(), sizeof(set), &set) == 0);
	assert(sched_getaffinity(0, sizeof(set), &set) == 0);
	CPU_ZERO(&set);
	assert(pthread_setaffinity_np(pthread_self(), sizeof(set), &set) ==
	       EINVAL);
	assert(sched_setaffinity(0, sizeof(set), &set) == -1 &&
	       errno == EINVAL);
	assert(sched_getcpu() >= 0);
}

static void *work(void *unused)
{
	char name[16];

	assert(pthread_getname_np(pthread_self(), name, sizeof(name)) == 0);
	printf("%s ", name);
	assert(pthread_getname_np(pthread_self(), name, 15) == ERANGE);
	return unused;
}

int main(void)
{
	char name[16];
	pthread_t thread;
	clockid_t clock;
	struct timespec time;

	for (int i = 0; i < 2; i++) {
		sprintf(name, "worker %d", i);
		assert(pthread_setname_np(pthread_self(), name) == 0);
		pthread_create(&thread, NULL, work, NULL);
		pthread_join(thread, NULL);
	}
	assert(pthread_setname_np(pthread_self(), "sixteen letters.") ==
	       ERANGE);
	check_scheduling();
	check_processors();
	assert(pthread_getconcurrency() == 0);
	assert(pthread_setconcurrency(-1) == EINVAL);
	assert(pthread_setconcurrency(3) == 0);
	assert(pthread_getconcurrency() == 3);
	assert(pthread_getcpuclockid(pthread_self(), &clock) == 0);
	assert(clock_gettime(clock, &time) == 0);
	return 0;
}
