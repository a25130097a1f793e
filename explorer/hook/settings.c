/*
 * Names of threads, their scheduling, and the machine's processors.
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <time.h>
#include <unistd.h>

#include "hook/hook.h"
#include "runtime/settings.h"
#include "runtime/thread.h"

#define NAME_BYTES (sizeof((struct thread_settings *)0)->name)

static struct thread_settings *look(pthread_t thread, uintptr_t place)
{
	return settings_of(hook_runtime, thread, false, place);
}

static struct thread_settings *change(pthread_t thread, uintptr_t place)
{
	return settings_of(hook_runtime, thread, true, place);
}

/* --- Names */

EXPORT int pthread_setname_np(pthread_t thread, const char *name)
{
	struct thread_settings *settings;
	size_t length;

	if (!hook_runtime)
		return REAL(pthread_setname_np)(thread, name);
	length = strlen(name);
	hook_reads(name, length + 1, PLACE);
	if (length >= NAME_BYTES)
		return ERANGE;
	settings = change(thread, PLACE);
	if (!settings)
		return ESRCH;
	memset(settings->name, 0, NAME_BYTES);
	memcpy(settings->name, name, length);
	return 0;
}

EXPORT int pthread_getname_np(pthread_t thread, char *name, size_t bytes)
{
	const struct thread_settings *settings;

	if (!hook_runtime)
		return REAL(pthread_getname_np)(thread, name, bytes);
	if (bytes < NAME_BYTES)
		return ERANGE;
	settings = look(thread, PLACE);
	if (!settings)
		return ESRCH;
	hook_writes(name, strlen(settings->name) + 1, PLACE);
	memcpy(name, settings->name, strlen(settings->name) + 1);
	return 0;
}

/* --- Scheduling */

EXPORT int pthread_getschedparam(pthread_t thread, int *restrict ret_policy,
				 struct sched_param *restrict ret_parameters)
{
	const struct thread_settings *settings;

	if (!hook_runtime)
		return REAL(pthread_getschedparam)(thread, ret_policy,
						   ret_parameters);
	settings = look(thread, PLACE);
	if (!settings)
		return ESRCH;
	hook_writes(ret_policy, sizeof(*ret_policy), PLACE);
	hook_writes(ret_parameters, sizeof(*ret_parameters), PLACE);
	*ret_policy = settings->policy;
	ret_parameters->sched_priority = settings->priority;
	return 0;
}

EXPORT int pthread_setschedparam(pthread_t thread, int policy,
				 const struct sched_param *parameters)
{
	struct thread_settings *settings;

	if (!hook_runtime)
		return REAL(pthread_setschedparam)(thread, policy, parameters);
	hook_reads(parameters, sizeof(*parameters), PLACE);
	settings = change(thread, PLACE);
	return settings ? settings_schedule(settings, policy,
					    parameters->sched_priority)
			: ESRCH;
}

EXPORT int pthread_setschedprio(pthread_t thread, int priority)
{
	struct thread_settings *settings;

	if (!hook_runtime)
		return REAL(pthread_setschedprio)(thread, priority);
	settings = change(thread, PLACE);
	return settings
		       ? settings_schedule(settings, settings->policy, priority)
		       : ESRCH;
}

EXPORT int pthread_setconcurrency(int level)
{
	if (!hook_runtime)
		return REAL(pthread_setconcurrency)(level);
	return level < 0 ? EINVAL
			 : settings_concurrency(hook_runtime, level, PLACE);
}

EXPORT int pthread_getconcurrency(void)
{
	if (!hook_runtime)
		return REAL(pthread_getconcurrency)();
	return settings_concurrency(hook_runtime, -1, PLACE);
}

/* Every clock shows the same time. */
EXPORT int pthread_getcpuclockid(pthread_t thread, clockid_t *ret_clock)
{
	if (!hook_runtime)
		return REAL(pthread_getcpuclockid)(thread, ret_clock);
	if (!look(thread, PLACE))
		return ESRCH;
	hook_writes(ret_clock, sizeof(*ret_clock), PLACE);
	*ret_clock = CLOCK_THREAD_CPUTIME_ID;
	return 0;
}

/* --- Processors */

static int take_processors(struct thread_settings *settings, size_t bytes,
			   const cpu_set_t *set, uintptr_t place)
{
	uint64_t wanted = 0;

	hook_reads(set, bytes, place);
	memcpy(&wanted, set, bytes < sizeof(wanted) ? bytes : sizeof(wanted));
	wanted &= (1U << SETTINGS_PROCESSORS) - 1;
	if (!wanted)
		return EINVAL;
	settings->processors = wanted;
	return 0;
}

static int give_processors(const struct thread_settings *settings, size_t bytes,
			   cpu_set_t *ret_set, uintptr_t place)
{
	if (bytes < sizeof(settings->processors))
		return EINVAL;
	hook_writes(ret_set, bytes, place);
	memset(ret_set, 0, bytes);
	memcpy(ret_set, &settings->processors, sizeof(settings->processors));
	return 0;
}

EXPORT int pthread_setaffinity_np(pthread_t thread, size_t bytes,
				  const cpu_set_t *set)
{
	struct thread_settings *settings;

	if (!hook_runtime)
		return REAL(pthread_setaffinity_np)(thread, bytes, set);
	settings = change(thread, PLACE);
	return settings ? take_processors(settings, bytes, set, PLACE) : ESRCH;
}

EXPORT int pthread_getaffinity_np(pthread_t thread, size_t bytes,
				  cpu_set_t *ret_set)
{
	const struct thread_settings *settings;

	if (!hook_runtime)
		return REAL(pthread_getaffinity_np)(thread, bytes, ret_set);
	settings = look(thread, PLACE);
	return settings ? give_processors(settings, bytes, ret_set, PLACE)
			: ESRCH;
}

/* By the kernel's numbers, only the caller can be told from others. */
static bool is_caller(pid_t number)
{
	return number == 0 || number == REAL(getpid)();
}

static int answer(int error)
{
	if (error)
		errno = error;
	return error ? -1 : 0;
}

EXPORT int sched_setaffinity(pid_t number, size_t bytes, const cpu_set_t *set)
{
	struct thread *thread;

	if (!hook_runtime || !is_caller(number))
		return REAL(sched_setaffinity)(number, bytes, set);
	thread = hook_runtime->current;
	change(thread_handle(thread), PLACE);
	return answer(take_processors(&thread->settings, bytes, set, PLACE));
}

EXPORT int sched_getaffinity(pid_t number, size_t bytes, cpu_set_t *ret_set)
{
	struct thread *thread;

	if (!hook_runtime || !is_caller(number))
		return REAL(sched_getaffinity)(number, bytes, ret_set);
	thread = hook_runtime->current;
	look(thread_handle(thread), PLACE);
	return answer(
		give_processors(&thread->settings, bytes, ret_set, PLACE));
}

EXPORT int sched_getcpu(void)
{
	if (!hook_runtime)
		return REAL(sched_getcpu)();
	return __builtin_ctzll(hook_runtime->current->settings.processors);
}

EXPORT int get_nprocs(void)
{
	return hook_runtime ? (int)SETTINGS_PROCESSORS : REAL(get_nprocs)();
}

EXPORT int get_nprocs_conf(void)
{
	return hook_runtime ? (int)SETTINGS_PROCESSORS
			    : REAL(get_nprocs_conf)();
}

EXPORT long sysconf(int name)
{
	if (hook_runtime &&
	    (name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF))
		return SETTINGS_PROCESSORS;
	return REAL(sysconf)(name);
}

/* --- Attributes that a thread has */

EXPORT int pthread_getattr_np(pthread_t thread, pthread_attr_t *ret_attributes)
{
	const struct thread *target;
	struct sched_param parameters;

	if (!hook_runtime)
		return REAL(pthread_getattr_np)(thread, ret_attributes);
	if (!look(thread, PLACE))
		return ESRCH;
	target = thread_find(hook_runtime, thread);
	parameters.sched_priority = target->settings.priority;
	hook_writes(ret_attributes, sizeof(*ret_attributes), PLACE);
	pthread_attr_init(ret_attributes);
	pthread_attr_setstack(
		ret_attributes,
		(void *)(stacks_top(target->slot) - target->stack_bytes),
		target->stack_bytes);
	pthread_attr_setdetachstate(ret_attributes,
				    target->detached ? PTHREAD_CREATE_DETACHED
						     : PTHREAD_CREATE_JOINABLE);
	pthread_attr_setschedpolicy(ret_attributes, target->settings.policy);
	pthread_attr_setschedparam(ret_attributes, &parameters);
	return 0;
}
