/*
 * The futex system call, by one thread.
 */
#include "check.h"

#include <linux/futex.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

static uint32_t word = 5;

static int call(int command, uint32_t value, const struct timespec *time,
		uint32_t mask)
{
	return (int)syscall(SYS_futex, &word, command, value, time, NULL, mask);
}

int main(void)
{
	const struct timespec soon = {0, 1000000};
	const struct timespec none = {0, 1000000000};
	const struct timespec negative = {-1, 0};
	const struct timespec past = long_ago();

	CHECK_ERRNO(call(FUTEX_WAIT, 4, NULL, 0));
	CHECK_ERRNO(call(FUTEX_WAIT_PRIVATE, 4, &soon, 0));
	CHECK_ERRNO(call(FUTEX_WAIT, 5, &soon, 0));
	CHECK_ERRNO(call(FUTEX_WAIT_PRIVATE, 5, &soon, 0));
	CHECK_ERRNO(call(FUTEX_WAIT, 5, &none, 0));
	CHECK_ERRNO(call(FUTEX_WAIT, 5, &negative, 0));
	CHECK_ERRNO(call(FUTEX_WAKE, 1, NULL, 0));
	CHECK_ERRNO(call(FUTEX_WAKE_PRIVATE, INT32_MAX, NULL, 0));
	CHECK_ERRNO(call(FUTEX_WAIT_BITSET, 5, NULL, 0));
	CHECK_ERRNO(call(FUTEX_WAIT_BITSET, 4, NULL, 1));
	CHECK_ERRNO(call(FUTEX_WAIT_BITSET, 5, &past, 1));
	CHECK_ERRNO(call(FUTEX_WAIT_BITSET_PRIVATE | FUTEX_CLOCK_REALTIME, 5,
			 &past, FUTEX_BITSET_MATCH_ANY));
	CHECK_ERRNO(call(FUTEX_WAKE_BITSET, 1, NULL, 0));
	CHECK_ERRNO(call(FUTEX_WAKE_BITSET_PRIVATE, 1, NULL, 3));
	CHECK_VALUE(syscall(SYS_futex, (char *)&word + 1, FUTEX_WAKE, 1, NULL,
			    NULL, 0));
	return 0;
}
