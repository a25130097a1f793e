/*
 * Where writers are preferred, who waits to write keeps others from reading,
 * until it gives up. main reads all the time: without a time the writer would
 * never get the lock, and nor would the reader that comes after it.
 *
 * Watch: wrote
 * Verdict: verified
 * Outcome: exit 0 wrote=110
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <time.h>

static pthread_rwlock_t lock =
	PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static int wrote;

static void *writer(void *unused)
{
	const struct timespec later = {2000000000, 0};

	wrote = pthread_rwlock_clockwrlock(&lock, CLOCK_MONOTONIC, &later);
	return unused;
}

static void *reader(void *unused)
{
	pthread_rwlock_rdlock(&lock);
	pthread_rwlock_unlock(&lock);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_rwlock_rdlock(&lock);
	pthread_create(&threads[0], NULL, writer, NULL);
	pthread_create(&threads[1], NULL, reader, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	pthread_rwlock_unlock(&lock);
	return 0;
}
