/*
 * Checks of what functions answer: each prints a line, with the call as it is
 * written and its answer. The programs of this folder give the same lines on
 * real threads, where glibc answers, as under a search. Included first.
 */
#ifndef TESTS_CONFORMANCE_CHECK_H
#define TESTS_CONFORMANCE_CHECK_H

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static inline const char *error_name(int error)
{
	const char *name = strerrorname_np(error);

	return name != NULL ? name : "an unknown error";
}

/* A function that returns an error number. */
#define CHECK_ERROR(call) printf("%s: %s\n", #call, error_name(call))

/* A function that returns -1 and sets errno. */
#define CHECK_ERRNO(call)                                                      \
	do {                                                                   \
		int answer_;                                                   \
		errno = 0;                                                     \
		answer_ = (call);                                              \
		printf("%s: %d %s\n", #call, answer_, error_name(errno));      \
	} while (0)

/* Whatever is a number. */
#define CHECK_VALUE(expression)                                                \
	printf("%s: %lld\n", #expression, (long long)(expression))

/* Points of time for functions that wait until one: long ago, soon, and never
 * valid. */
static inline struct timespec long_ago(void)
{
	return (struct timespec){.tv_sec = 1};
}

static inline struct timespec invalid_time(void)
{
	return (struct timespec){.tv_nsec = 1000000000};
}

static inline struct timespec negative_time(void)
{
	return (struct timespec){.tv_nsec = -1};
}

static inline struct timespec in_milliseconds(clockid_t clock, long count)
{
	struct timespec now;

	clock_gettime(clock, &now);
	now.tv_nsec += count * 1000000;
	now.tv_sec += now.tv_nsec / 1000000000;
	now.tv_nsec %= 1000000000;
	return now;
}

#endif
