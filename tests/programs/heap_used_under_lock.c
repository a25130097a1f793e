/*
 * What is shared is freed under the lock, and nobody looks at it without.
 *
 * Verdict: verified
 * Outcomes: 1
 */
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *shared;

static void *use(void *unused)
{
	pthread_mutex_lock(&lock);
	if (shared)
		shared[0]++;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *drop(void *unused)
{
	pthread_mutex_lock(&lock);
	free(shared);
	shared = NULL;
	pthread_mutex_unlock(&lock);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	shared = calloc(1, sizeof(*shared));
	pthread_create(&first, NULL, use, NULL);
	pthread_create(&second, NULL, drop, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
