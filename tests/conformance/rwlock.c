/*
 * Read-write locks: who may be in with whom, tried, timed and blocking.
 */
#include "check.h"

#include <pthread.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *try_both(void *unused)
{
	int result = pthread_rwlock_tryrdlock(&lock);

	printf("from another: read %s\n", error_name(result));
	if (result == 0)
		pthread_rwlock_unlock(&lock);
	result = pthread_rwlock_trywrlock(&lock);
	printf("from another: write %s\n", error_name(result));
	if (result == 0)
		pthread_rwlock_unlock(&lock);
	return unused;
}

static void ask_another(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, try_both, NULL);
	pthread_join(thread, NULL);
}

static void readers(void)
{
	CHECK_ERROR(pthread_rwlock_rdlock(&lock));
	CHECK_ERROR(pthread_rwlock_rdlock(&lock));
	CHECK_ERROR(pthread_rwlock_tryrdlock(&lock));
	CHECK_ERROR(pthread_rwlock_trywrlock(&lock));
	ask_another();
	CHECK_ERROR(pthread_rwlock_unlock(&lock));
	CHECK_ERROR(pthread_rwlock_unlock(&lock));
	ask_another();
	CHECK_ERROR(pthread_rwlock_unlock(&lock));
	ask_another();
}

static void writer(void)
{
	CHECK_ERROR(pthread_rwlock_wrlock(&lock));
	CHECK_ERROR(pthread_rwlock_trywrlock(&lock));
	CHECK_ERROR(pthread_rwlock_tryrdlock(&lock));
	CHECK_ERROR(pthread_rwlock_wrlock(&lock));
	CHECK_ERROR(pthread_rwlock_rdlock(&lock));
	ask_another();
	CHECK_ERROR(pthread_rwlock_unlock(&lock));
	ask_another();
}

static void preferences(void)
{
	pthread_rwlockattr_t attributes;
	pthread_rwlock_t other;

	pthread_rwlockattr_init(&attributes);
	CHECK_ERROR(pthread_rwlockattr_setkind_np(
		&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP));
	CHECK_ERROR(pthread_rwlock_init(&other, &attributes));
	pthread_rwlockattr_destroy(&attributes);
	CHECK_ERROR(pthread_rwlock_rdlock(&other));
	CHECK_ERROR(pthread_rwlock_rdlock(&other));
	CHECK_ERROR(pthread_rwlock_unlock(&other));
	CHECK_ERROR(pthread_rwlock_unlock(&other));
	CHECK_ERROR(pthread_rwlock_destroy(&other));
	CHECK_ERROR(pthread_rwlock_init(&other, NULL));
	CHECK_ERROR(pthread_rwlock_trywrlock(&other));
	CHECK_ERROR(pthread_rwlock_unlock(&other));
	CHECK_ERROR(pthread_rwlock_destroy(&other));
}

int main(void)
{
	readers();
	writer();
	preferences();
	CHECK_ERROR(pthread_rwlock_destroy(&lock));
	return 0;
}
