/*
 * Two threads each find the block there, and free it. Whoever comes second
 * frees what is free: nothing happens but the finding.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: data-race variable=shared at=test,clear
 * Finding: data-race variable=shared at=free,clear
 * Finding: data-race variable=shared at=clear,clear
 * Finding: data-race operations=free,free in=drop,drop
 * Finding: double-free in=drop at=free
 *     message=freed before by
 */
#include <pthread.h>
#include <stdlib.h>

static void *shared;

static void *drop(void *unused)
{
	if (shared)	      /* test */
		free(shared); /* free */
	shared = NULL;	      /* clear */
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	shared = malloc(24);
	pthread_create(&first, NULL, drop, NULL);
	pthread_create(&second, NULL, drop, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
