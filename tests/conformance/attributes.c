/*
 * Attribute objects: what they start with, what they take, what they refuse.
 */
#include "check.h"

#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>

static void of_threads(void)
{
	pthread_attr_t attributes;
	struct sched_param parameters = {0};
	size_t size = 0;
	int value = -1;

	CHECK_ERROR(pthread_attr_init(&attributes));
	CHECK_ERROR(pthread_attr_getdetachstate(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_CREATE_JOINABLE);
	CHECK_ERROR(pthread_attr_setdetachstate(&attributes,
						PTHREAD_CREATE_DETACHED));
	CHECK_ERROR(pthread_attr_getdetachstate(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_CREATE_DETACHED);
	CHECK_ERROR(pthread_attr_setdetachstate(&attributes, 77));
	CHECK_ERROR(pthread_attr_getdetachstate(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_CREATE_DETACHED);

	CHECK_ERROR(pthread_attr_setstacksize(&attributes, 1));
	CHECK_ERROR(pthread_attr_setstacksize(&attributes, 1 << 20));
	CHECK_ERROR(pthread_attr_getstacksize(&attributes, &size));
	CHECK_VALUE(size);
	CHECK_ERROR(pthread_attr_setguardsize(&attributes, 8192));
	CHECK_ERROR(pthread_attr_getguardsize(&attributes, &size));
	CHECK_VALUE(size);

	CHECK_ERROR(pthread_attr_getscope(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_SCOPE_SYSTEM);
	CHECK_ERROR(pthread_attr_setscope(&attributes, PTHREAD_SCOPE_PROCESS));
	CHECK_ERROR(pthread_attr_setscope(&attributes, 77));
	CHECK_ERROR(pthread_attr_getschedpolicy(&attributes, &value));
	CHECK_VALUE(value);
	CHECK_ERROR(pthread_attr_setschedpolicy(&attributes, 77));
	CHECK_ERROR(pthread_attr_getschedparam(&attributes, &parameters));
	CHECK_VALUE(parameters.sched_priority);
	CHECK_ERROR(pthread_attr_getinheritsched(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_INHERIT_SCHED);
	CHECK_ERROR(pthread_attr_setinheritsched(&attributes, 77));
	parameters.sched_priority = 99;
	CHECK_ERROR(pthread_attr_setschedparam(&attributes, &parameters));
	parameters.sched_priority = 0;
	CHECK_ERROR(pthread_attr_setschedparam(&attributes, &parameters));
	CHECK_ERROR(pthread_attr_destroy(&attributes));
}

static void of_where_threads_run(void)
{
	static char memory[65536] __attribute__((aligned(4096)));
	pthread_attr_t attributes;
	cpu_set_t processors;
	sigset_t signals;
	void *address = NULL;
	size_t size = 0;

	CHECK_ERROR(pthread_attr_init(&attributes));
	CHECK_ERROR(pthread_attr_setstack(&attributes, memory, 1));
	CHECK_ERROR(pthread_attr_setstack(&attributes, memory, sizeof(memory)));
	CHECK_ERROR(pthread_attr_getstack(&attributes, &address, &size));
	CHECK_VALUE(address == memory);
	CHECK_VALUE(size);
	CPU_ZERO(&processors);
	CPU_SET(0, &processors);
	CHECK_ERROR(pthread_attr_setaffinity_np(&attributes, sizeof(processors),
						&processors));
	CPU_ZERO(&processors);
	CHECK_ERROR(pthread_attr_getaffinity_np(&attributes, sizeof(processors),
						&processors));
	CHECK_VALUE(CPU_COUNT(&processors));
	CHECK_VALUE(pthread_attr_getsigmask_np(&attributes, &signals) ==
		    PTHREAD_ATTR_NO_SIGMASK_NP);
	sigfillset(&signals);
	CHECK_ERROR(pthread_attr_setsigmask_np(&attributes, &signals));
	sigemptyset(&signals);
	CHECK_ERROR(pthread_attr_getsigmask_np(&attributes, &signals));
	CHECK_VALUE(sigismember(&signals, SIGUSR1));
	CHECK_ERROR(pthread_attr_destroy(&attributes));
}

static void of_mutexes(void)
{
	pthread_mutexattr_t attributes;
	int value = -1;

	CHECK_ERROR(pthread_mutexattr_init(&attributes));
	CHECK_ERROR(pthread_mutexattr_gettype(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_MUTEX_DEFAULT);
	CHECK_ERROR(pthread_mutexattr_settype(&attributes, 77));
	CHECK_ERROR(pthread_mutexattr_settype(&attributes, -1));
	CHECK_ERROR(pthread_mutexattr_settype(&attributes,
					      PTHREAD_MUTEX_RECURSIVE));
	CHECK_ERROR(pthread_mutexattr_gettype(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_MUTEX_RECURSIVE);
	CHECK_ERROR(pthread_mutexattr_getpshared(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_PROCESS_PRIVATE);
	CHECK_ERROR(pthread_mutexattr_setpshared(&attributes, 77));
	CHECK_ERROR(pthread_mutexattr_getrobust(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_MUTEX_STALLED);
	CHECK_ERROR(pthread_mutexattr_setrobust(&attributes, 77));
	CHECK_ERROR(
		pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST));
	CHECK_ERROR(pthread_mutexattr_getrobust(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_MUTEX_ROBUST);
	CHECK_ERROR(pthread_mutexattr_getprotocol(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_PRIO_NONE);
	CHECK_ERROR(pthread_mutexattr_setprotocol(&attributes, 77));
	CHECK_ERROR(pthread_mutexattr_getprioceiling(&attributes, &value));
	CHECK_ERROR(pthread_mutexattr_setprioceiling(&attributes, 77777));
	CHECK_ERROR(pthread_mutexattr_destroy(&attributes));
}

static void of_conditions(void)
{
	pthread_condattr_t attributes;
	clockid_t clock = -1;
	int value = -1;

	CHECK_ERROR(pthread_condattr_init(&attributes));
	CHECK_ERROR(pthread_condattr_getclock(&attributes, &clock));
	CHECK_VALUE(clock == CLOCK_REALTIME);
	CHECK_ERROR(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC));
	CHECK_ERROR(pthread_condattr_getclock(&attributes, &clock));
	CHECK_VALUE(clock == CLOCK_MONOTONIC);
	CHECK_ERROR(pthread_condattr_setclock(&attributes,
					      CLOCK_PROCESS_CPUTIME_ID));
	CHECK_ERROR(pthread_condattr_setclock(&attributes, 77));
	CHECK_ERROR(pthread_condattr_getpshared(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_PROCESS_PRIVATE);
	CHECK_ERROR(pthread_condattr_setpshared(&attributes, 77));
	CHECK_ERROR(pthread_condattr_destroy(&attributes));
}

static void of_rwlocks(void)
{
	pthread_rwlockattr_t attributes;
	int value = -1;

	CHECK_ERROR(pthread_rwlockattr_init(&attributes));
	CHECK_ERROR(pthread_rwlockattr_getpshared(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_PROCESS_PRIVATE);
	CHECK_ERROR(pthread_rwlockattr_setpshared(&attributes, 77));
	CHECK_ERROR(pthread_rwlockattr_getkind_np(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_RWLOCK_PREFER_READER_NP);
	CHECK_ERROR(pthread_rwlockattr_setkind_np(&attributes, 77));
	CHECK_ERROR(pthread_rwlockattr_destroy(&attributes));
}

static void of_barriers(void)
{
	pthread_barrierattr_t attributes;
	int value = -1;

	CHECK_ERROR(pthread_barrierattr_init(&attributes));
	CHECK_ERROR(pthread_barrierattr_getpshared(&attributes, &value));
	CHECK_VALUE(value == PTHREAD_PROCESS_PRIVATE);
	CHECK_ERROR(pthread_barrierattr_setpshared(&attributes, 77));
	CHECK_ERROR(pthread_barrierattr_destroy(&attributes));
}

int main(void)
{
	of_threads();
	of_where_threads_run();
	of_mutexes();
	of_conditions();
	of_rwlocks();
	of_barriers();
	return 0;
}
