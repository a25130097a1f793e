/*
 * Each thread has a block of its own; the second may get the memory that the
 * first gave back.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2
 */
#include <pthread.h>
#include <stdlib.h>

static int x;

static void *work(void *unused)
{
	int *block = malloc(sizeof(*block));

	*block = 1;
	__atomic_fetch_add(&x, *block, __ATOMIC_SEQ_CST);
	free(block);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, work, NULL);
	pthread_create(&second, NULL, work, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
