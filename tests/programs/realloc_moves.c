/*
 * A block that grows is copied when its turn comes, not before: what another
 * thread writes to it may come along, or come too late.
 *
 * Watch: seen
 * Verdict: findings
 * Outcome: exit 0 seen=1
 * Outcome: exit 0 seen=7
 * Finding: data-race operations=write,free in=grow,set
 * Finding: use-after-free in=set message=freed by T1 in grow()
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t begun;
static int *block;
static int seen;

static void *grow(void *unused)
{
	int *grown = block;

	sem_post(&begun);
	grown = realloc(grown, 1000);
	if (grown)
		seen = grown[0];
	return unused;
}

static void *set(void *unused)
{
	sem_wait(&begun);
	block[0] = 7;
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	block = malloc(sizeof(*block));
	if (!block)
		return 1;
	block[0] = 1;
	sem_init(&begun, 0, 0);
	pthread_create(&first, NULL, grow, NULL);
	pthread_create(&second, NULL, set, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
