/*
 * Time: sleeping takes time, and what there is to refuse.
 */
#include "check.h"

#include <poll.h>
#include <stdbool.h>
#include <sys/select.h>
#include <sys/time.h>
#include <unistd.h>

static long long now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static bool takes_at_least(int (*sleeping)(void), long long nanoseconds)
{
	const long long begin = now(CLOCK_MONOTONIC);

	return sleeping() == 0 && now(CLOCK_MONOTONIC) - begin >= nanoseconds;
}

static int with_nanosleep(void)
{
	const struct timespec time = {.tv_nsec = 2000000};
	struct timespec left = {.tv_sec = 5};

	return nanosleep(&time, &left);
}

static int with_clock_nanosleep(void)
{
	const struct timespec time = in_milliseconds(CLOCK_MONOTONIC, 2);

	return clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

static int with_usleep(void)
{
	return usleep(2000);
}

static int with_sleep(void)
{
	return (int)sleep(0);
}

static void refused(void)
{
	const struct timespec invalid = invalid_time();
	const struct timespec negative = negative_time();
	const struct timespec past = long_ago();
	struct timespec time;

	CHECK_ERRNO(nanosleep(&invalid, NULL));
	CHECK_ERRNO(nanosleep(&negative, NULL));
	CHECK_ERROR(clock_nanosleep(CLOCK_MONOTONIC, 0, &invalid, NULL));
	CHECK_ERROR(clock_nanosleep(CLOCK_THREAD_CPUTIME_ID, 0, &past, NULL));
	CHECK_ERROR(
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &past, NULL));
	CHECK_ERROR(
		clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &past, NULL));
	CHECK_ERRNO(clock_gettime(7777, &time));
	CHECK_ERRNO(clock_gettime(CLOCK_REALTIME, &time));
	CHECK_ERRNO(clock_getres(CLOCK_MONOTONIC, &time));
}

static int with_poll(void)
{
	return poll(NULL, 0, 2);
}

/* What is left is said in the time that was asked for. */
static int with_select(void)
{
	struct timeval time = {0, 2000};

	return select(0, NULL, NULL, NULL, &time) + (int)time.tv_usec;
}

static void clocks(void)
{
	struct timeval day;
	time_t seconds = 0;

	CHECK_VALUE(takes_at_least(with_nanosleep, 2000000));
	CHECK_VALUE(takes_at_least(with_clock_nanosleep, 1000000));
	CHECK_VALUE(takes_at_least(with_usleep, 2000000));
	CHECK_VALUE(takes_at_least(with_sleep, 0));
	CHECK_VALUE(takes_at_least(with_poll, 2000000));
	CHECK_VALUE(takes_at_least(with_select, 2000000));
	CHECK_ERRNO(gettimeofday(&day, NULL));
	CHECK_VALUE(time(&seconds) == seconds);
	CHECK_VALUE(day.tv_sec <= time(NULL));
	CHECK_VALUE(day.tv_usec >= 0 && day.tv_usec < 1000000);
	CHECK_VALUE(now(CLOCK_REALTIME) / 1000000000 >= day.tv_sec);
	CHECK_VALUE(clock() != (clock_t)-1);
}

int main(void)
{
	refused();
	clocks();
	return 0;
}
