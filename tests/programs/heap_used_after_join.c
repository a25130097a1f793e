/*
 * The block is freed by another thread, but only once nobody looks any more.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <stdlib.h>

static void *drop(void *block)
{
	free(block);
	return NULL;
}

int main(void)
{
	long *block = calloc(4, sizeof(*block));
	pthread_t thread;
	long seen;

	if (!block)
		return 1;
	seen = block[3];
	pthread_create(&thread, NULL, drop, block);
	pthread_join(thread, NULL);
	return seen != 0;
}
