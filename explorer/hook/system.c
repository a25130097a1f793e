/*
 * Time.
 */
#include <errno.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include "hook/hook.h"
#include "runtime/system.h"
#include "runtime/thread.h"

#define NS_PER_SECOND ((uint64_t)1000000000)

static struct timespec as_timespec(uint64_t ns)
{
	return (struct timespec){.tv_sec = (time_t)(ns / NS_PER_SECOND),
				 .tv_nsec = (long)(ns % NS_PER_SECOND)};
}

/* All clocks of Linux show the same time; the negative ones are those of a
 * process or thread. */
static bool is_clock(clockid_t clock)
{
	return clock <= CLOCK_TAI && clock != CLOCK_BOOTTIME_ALARM + 1;
}

EXPORT int clock_gettime(clockid_t clock, struct timespec *ret_time)
{
	struct timespec now;

	if (!hook_runtime)
		return REAL(clock_gettime)(clock, ret_time);
	if (!is_clock(clock)) {
		errno = EINVAL;
		return -1;
	}
	now = as_timespec(system_clock(hook_runtime, PLACE));
	hook_writes(ret_time, sizeof(*ret_time), PLACE);
	*ret_time = now;
	return 0;
}

EXPORT int timespec_get(struct timespec *ret_time, int base)
{
	if (!hook_runtime)
		return REAL(timespec_get)(ret_time, base);
	if (base != TIME_UTC)
		return 0;
	*ret_time = as_timespec(system_clock(hook_runtime, PLACE));
	return base;
}

EXPORT time_t time(time_t *ret_time)
{
	time_t now;

	if (!hook_runtime)
		return REAL(time)(ret_time);
	now = as_timespec(system_clock(hook_runtime, PLACE)).tv_sec;
	hook_writes(ret_time, sizeof(*ret_time), PLACE);
	if (ret_time)
		*ret_time = now;
	return now;
}

EXPORT int gettimeofday(struct timeval *restrict ret_time, void *restrict zone)
{
	struct timespec now;

	if (!hook_runtime)
		return REAL(gettimeofday)(ret_time, zone);
	now = as_timespec(system_clock(hook_runtime, PLACE));
	hook_writes(ret_time, sizeof(*ret_time), PLACE);
	*ret_time = (struct timeval){.tv_sec = now.tv_sec,
				     .tv_usec = now.tv_nsec / 1000};
	return 0;
}

EXPORT clock_t clock(void)
{
	uint64_t ns;

	if (!hook_runtime)
		return REAL(clock)();
	ns = system_clock(hook_runtime, PLACE) - CLOCK_START_NS;
	return (clock_t)(ns / (NS_PER_SECOND / CLOCKS_PER_SEC));
}

EXPORT unsigned sleep(unsigned seconds)
{
	if (!hook_runtime)
		return REAL(sleep)(seconds);
	system_sleep(hook_runtime, seconds * NS_PER_SECOND, PLACE);
	return 0;
}

EXPORT int usleep(useconds_t microseconds)
{
	if (!hook_runtime)
		return REAL(usleep)(microseconds);
	system_sleep(hook_runtime, (uint64_t)microseconds * 1000, PLACE);
	return 0;
}

static bool is_valid(const struct timespec *time)
{
	return time->tv_sec >= 0 && time->tv_nsec >= 0 &&
	       (uint64_t)time->tv_nsec < NS_PER_SECOND;
}

static uint64_t as_ns(const struct timespec *time)
{
	return (uint64_t)time->tv_sec * NS_PER_SECOND + (uint64_t)time->tv_nsec;
}

EXPORT int nanosleep(const struct timespec *requested,
		     struct timespec *ret_left)
{
	if (!hook_runtime)
		return REAL(nanosleep)(requested, ret_left);
	if (!is_valid(requested)) {
		errno = EINVAL;
		return -1;
	}
	system_sleep(hook_runtime, as_ns(requested), PLACE);
	return 0;
}

EXPORT int thrd_sleep(const struct timespec *requested,
		      struct timespec *ret_left)
{
	if (!hook_runtime)
		return REAL(thrd_sleep)(requested, ret_left);
	if (!is_valid(requested))
		return -2;
	system_sleep(hook_runtime, as_ns(requested), PLACE);
	return 0;
}

EXPORT int clock_nanosleep(clockid_t clock, int flags,
			   const struct timespec *requested,
			   struct timespec *ret_left)
{
	uint64_t ns;

	if (!hook_runtime)
		return REAL(clock_nanosleep)(clock, flags, requested, ret_left);
	if (!is_clock(clock) || clock == CLOCK_THREAD_CPUTIME_ID)
		return EINVAL;
	if (clock >= CLOCK_MONOTONIC_RAW && clock <= CLOCK_MONOTONIC_COARSE)
		return ENOTSUP;
	if (!is_valid(requested))
		return EINVAL;
	ns = as_ns(requested);
	if (flags & TIMER_ABSTIME)
		system_sleep_until(hook_runtime, ns, PLACE);
	else
		system_sleep(hook_runtime, ns, PLACE);
	return 0;
}
