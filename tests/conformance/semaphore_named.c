/*
 * Named semaphores, and waits for a semaphore that end at a time.
 */
#include "check.h"

#include <fcntl.h>
#include <semaphore.h>
#include <stdlib.h>
#include <unistd.h>

static char name[64];

static int value_of(sem_t *semaphore)
{
	int value = -1;

	sem_getvalue(semaphore, &value);
	return value;
}

/* What opening answers, in a word. */
static const char *opened(const char *with_name, int flags)
{
	sem_t *semaphore = sem_open(with_name, flags, 0600, 1);

	if (semaphore == SEM_FAILED)
		return error_name(errno);
	sem_close(semaphore);
	return "opened";
}

static void named(void)
{
	sem_t *one;
	sem_t *two;

	sem_unlink(name);
	CHECK_ERRNO(sem_unlink(name));
	printf("open what is not there: %s\n", opened(name, 0));
	one = sem_open(name, O_CREAT, 0600, 3);
	CHECK_VALUE(one != SEM_FAILED);
	CHECK_VALUE(value_of(one));
	two = sem_open(name, 0);
	CHECK_VALUE(one == two);
	CHECK_ERRNO(sem_wait(two));
	CHECK_VALUE(value_of(one));
	two = sem_open(name, O_CREAT, 0600, 9);
	CHECK_VALUE(value_of(two));
	printf("create what is there: %s\n", opened(name, O_CREAT | O_EXCL));
	CHECK_ERRNO(sem_close(two));
	CHECK_ERRNO(sem_post(one));
	CHECK_ERRNO(sem_unlink(name));
	CHECK_VALUE(value_of(one));
	printf("open what is unlinked: %s\n", opened(name, 0));
	CHECK_ERRNO(sem_unlink(name));
	printf("open a wrong name: %s\n", opened("/a/b", O_CREAT));
	printf("open no name: %s\n", opened("/", O_CREAT));
}

static void timed(void)
{
	const struct timespec past = long_ago();
	const struct timespec invalid = invalid_time();
	const struct timespec negative = negative_time();
	struct timespec soon;
	sem_t semaphore;

	CHECK_ERRNO(sem_init(&semaphore, 0, 1));
	CHECK_ERRNO(sem_timedwait(&semaphore, &past));
	CHECK_ERRNO(sem_timedwait(&semaphore, &past));
	CHECK_ERRNO(sem_timedwait(&semaphore, &invalid));
	CHECK_ERRNO(sem_timedwait(&semaphore, &negative));
	CHECK_ERRNO(sem_clockwait(&semaphore, CLOCK_MONOTONIC, &past));
	CHECK_ERRNO(sem_clockwait(&semaphore, CLOCK_REALTIME, &past));
	CHECK_ERRNO(sem_clockwait(&semaphore, CLOCK_PROCESS_CPUTIME_ID, &past));
	soon = in_milliseconds(CLOCK_REALTIME, 20);
	CHECK_ERRNO(sem_timedwait(&semaphore, &soon));
	CHECK_ERRNO(sem_post(&semaphore));
	CHECK_ERRNO(sem_clockwait(&semaphore, CLOCK_MONOTONIC, &past));
	CHECK_VALUE(value_of(&semaphore));
	CHECK_ERRNO(sem_destroy(&semaphore));
}

int main(void)
{
	snprintf(name, sizeof(name), "/conformance-%d", (int)getpid());
	named();
	timed();
	return 0;
}
