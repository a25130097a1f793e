/*
 * Two threads write to the same block of the heap.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Finding: data-race in=one,two at=here,there
 * Executions: 2
 */
#include <pthread.h>
#include <stdlib.h>

static int *block;
static int x;

static void *one(void *unused)
{
	block[3] = 1; /* here */
	return unused;
}

static void *two(void *unused)
{
	block[3] = 2; /* there */
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	block = calloc(4, sizeof(*block));
	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	x = block[3];
	free(block);
	return 0;
}
