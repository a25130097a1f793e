/*
 * A lock that is waited for until a time: whoever comes while another has it
 * gets it in the end, or gives up; who reads gives up only if one writes.
 *
 * Watch: seen wrote
 * Verdict: verified
 * Outcome: exit 0 seen=0 wrote=1
 * Outcome: exit 0 seen=1 wrote=1
 * Outcome: exit 0 seen=0 wrote=0
 * Outcome: exit 0 seen=110 wrote=1
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static const struct timespec later = {2000000000, 0};
static int value;
static int seen;
static int wrote;

static void *reader(void *unused)
{
	if (pthread_rwlock_timedrdlock(&lock, &later) == ETIMEDOUT) {
		seen = ETIMEDOUT;
		return unused;
	}
	seen = value;
	pthread_rwlock_unlock(&lock);
	return unused;
}

static void *writer(void *unused)
{
	if (pthread_rwlock_timedwrlock(&lock, &later) == ETIMEDOUT)
		return unused;
	value = 1;
	wrote = 1;
	pthread_rwlock_unlock(&lock);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, reader, NULL);
	pthread_create(&threads[1], NULL, writer, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return 0;
}
