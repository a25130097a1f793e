/*
 * A barrier of two semaphores, used twice (the trap is described in Downey's
 * "The Little Book of Semaphores"). Threads are counted in at the gate; the
 * last one opens it, and each that goes through holds it open for the next.
 * Nobody ever closes it: at the second use it still stands open, and a fast
 * thread is through before the others have come.
 *
 *     barrier_reuse [THREADS]      2 by default
 *
 * Watch: phase
 * Verdict: findings
 * Outcome: exit 0 phase=4 "all together, twice\n"
 * Outcome: assertion phase=3
 * Outcome: assertion phase=4
 * Finding: assertion in=work at=here
 */
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS_MAX 16
#define ROUNDS	    2

atomic_int phase; /* how often a thread has come to a barrier */
static int threads = 2;
static atomic_int waiting;
static sem_t gate;

static void barrier_wait(void)
{
	if (atomic_fetch_add(&waiting, 1) + 1 == threads) {
		waiting = 0;
		sem_post(&gate);
	}
	sem_wait(&gate);
	sem_post(&gate);
}

static void *work(void *unused)
{
	for (int round = 1; round <= ROUNDS; round++) {
		atomic_fetch_add(&phase, 1);
		barrier_wait();
		assert(phase >= round * threads); /* here */
	}
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread[THREADS_MAX];

	if (argc > 1)
		threads = atoi(argv[1]);
	if (threads < 1 || threads > THREADS_MAX) {
		fprintf(stderr, "usage: %s [threads]\n", argv[0]);
		return 2;
	}
	sem_init(&gate, 0, 0);
	for (int i = 0; i < threads; i++)
		pthread_create(&thread[i], NULL, work, NULL);
	for (int i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
	printf("all together, twice\n");
	return 0;
}
