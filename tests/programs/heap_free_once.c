/*
 * Two threads, one of which frees the block: who exchanges the pointer has it.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static _Atomic(void *) shared;

static void *drop(void *unused)
{
	free(atomic_exchange(&shared, NULL));
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	atomic_init(&shared, malloc(24));
	pthread_create(&first, NULL, drop, NULL);
	pthread_create(&second, NULL, drop, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
