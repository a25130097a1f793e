/*
 * One thread writes a variable, and each of so many others reads it once: with
 * n readers there are 2^n traces.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define READERS 17 /* docs/performance.md knows */

static atomic_int x;

static void *write_once(void *unused)
{
	atomic_store(&x, 1);
	return unused;
}

static void *read_once(void *unused)
{
	atomic_load(&x);
	return unused;
}

int main(void)
{
	pthread_t threads[READERS + 1];

	pthread_create(&threads[0], NULL, write_once, NULL);
	for (int i = 1; i <= READERS; i++)
		pthread_create(&threads[i], NULL, read_once, NULL);
	for (int i = 0; i <= READERS; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
