/*
 * Three threads share two permits: a semaphore that starts at two lets two of
 * them in, and the third waits until one has left. Nobody may ever see three
 * inside. A semaphore that starts at three lets all of them in at once.
 *
 *     semaphore_pool [PERMITS]      2 by default
 *
 * Watch: inside
 * Case: 2
 * Verdict: verified
 * Outcome: exit 0 inside=0 "never more than 2 inside\n"
 * Case: 3
 * Verdict: findings
 * Outcome: exit 0 inside=0 "never more than 2 inside\n"
 * Outcome: assertion
 * Finding: assertion in=work at=here
 */
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS 3

atomic_int inside;
static sem_t permits;

static void work(void)
{
	int now = atomic_fetch_add(&inside, 1) + 1;

	assert(now <= 2); /* here */
	atomic_fetch_sub(&inside, 1);
}

static void *worker(void *unused)
{
	sem_wait(&permits);
	work();
	sem_post(&permits);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread[THREADS];
	unsigned count = argc > 1 ? (unsigned)atoi(argv[1]) : 2;

	sem_init(&permits, 0, count);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, worker, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	printf("never more than 2 inside\n");
	return 0;
}
