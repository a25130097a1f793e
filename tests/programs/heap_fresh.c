/*
 * Each execution finds the heap as the first one did.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=4
 * Executions: 6
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static int x;
static int found;

static void *work(void *unused)
{
	char *block = calloc(1, 4096);

	for (int i = 0; i < 4096; i++)
		if (block[i] != 0)
			found = 1;
	memset(block, 0x55, 4096);
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
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
