/*
 * What is misused or waited for has no name of its own: it lies in a block of
 * the heap, or is a local of a function.
 *
 * Verdict: findings
 * Outcome: deadlock
 * Finding: misuse at=heap message=main unlocks lock in heap block of 48 bytes
 *     from main() misuse_names.c:23, offset 8, which nobody holds,
 * Finding: misuse at=local message=main unlocks lock local "own" of main(),
 * Finding: deadlock at=twice message=main waits for lock in heap block of 48
 *     bytes from main() misuse_names.c:23, offset 8, which it holds itself,
 */
#include <pthread.h>
#include <stdlib.h>

struct counter {
	long value;
	pthread_mutex_t lock;
};

int main(void)
{
	struct counter *counter = calloc(1, sizeof(*counter));
	pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_unlock(&own);	      /* local */
	pthread_mutex_unlock(&counter->lock); /* heap */
	pthread_mutex_lock(&counter->lock);
	pthread_mutex_lock(&counter->lock); /* twice */
	return 0;
}
