/*
 * Read-write locks that are waited for until a time.
 */
#include "check.h"

#include <pthread.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void timed(void)
{
	const struct timespec past = long_ago();
	const struct timespec invalid = invalid_time();
	struct timespec soon;

	CHECK_ERROR(pthread_rwlock_timedrdlock(&lock, &past));
	CHECK_ERROR(pthread_rwlock_timedwrlock(&lock, &past));
	CHECK_ERROR(pthread_rwlock_timedwrlock(&lock, &invalid));
	CHECK_ERROR(pthread_rwlock_timedrdlock(&lock, &past));
	CHECK_ERROR(pthread_rwlock_timedrdlock(&lock, &invalid));
	soon = in_milliseconds(CLOCK_REALTIME, 20);
	CHECK_ERROR(pthread_rwlock_timedwrlock(&lock, &soon));
	soon = in_milliseconds(CLOCK_MONOTONIC, 20);
	CHECK_ERROR(pthread_rwlock_clockwrlock(&lock, CLOCK_MONOTONIC, &soon));
	CHECK_ERROR(pthread_rwlock_clockrdlock(&lock, CLOCK_MONOTONIC, &past));
	CHECK_ERROR(pthread_rwlock_clockrdlock(&lock, CLOCK_PROCESS_CPUTIME_ID,
					       &past));
	CHECK_ERROR(pthread_rwlock_unlock(&lock));
	CHECK_ERROR(pthread_rwlock_unlock(&lock));
	CHECK_ERROR(pthread_rwlock_unlock(&lock));
	CHECK_ERROR(pthread_rwlock_timedwrlock(&lock, &past));
	CHECK_ERROR(pthread_rwlock_timedwrlock(&lock, &past));
	CHECK_ERROR(pthread_rwlock_timedrdlock(&lock, &past));
	CHECK_ERROR(pthread_rwlock_unlock(&lock));
}

int main(void)
{
	timed();
	CHECK_ERROR(pthread_rwlock_destroy(&lock));
	return 0;
}
