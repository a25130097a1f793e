/*
 * Two orders lead to states that differ in a heap block alone.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Outcome: exit 1 x=2
 * Finding: any
 */
#include <pthread.h>
#include <stdlib.h>

int x;

/* Leaves what it read behind in no register. */
__attribute__((noinline)) static void keep(int *seen)
{
	*seen = x;
}

static void *reader(void *seen)
{
	keep(seen);
	x = 2;
	return NULL;
}

static void *writer(void *unused)
{
	x = 1;
	return unused;
}

int main(void)
{
	int *seen = malloc(sizeof(*seen));
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, reader, seen);
	pthread_create(&threads[1], NULL, writer, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return *seen;
}
