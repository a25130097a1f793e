/*
 * A barrier that can be used again: it has two gates, of which one is always
 * shut. The last one to come to the first gate opens it for as many as there
 * are; nobody comes to it again before passing the second, which opens when all
 * are through the first.
 *
 *     barrier_reuse_fixed [THREADS]      2 by default
 *
 * Watch: phase
 * Options: --strategy dpor
 * Verdict: verified
 * Outcome: exit 0 phase=4 "all together, twice\n"
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
static sem_t in;
static sem_t out;

static void open_for_all(sem_t *gate)
{
	for (int i = 0; i < threads; i++)
		sem_post(gate);
}

static void barrier_wait(void)
{
	if (atomic_fetch_add(&waiting, 1) + 1 == threads)
		open_for_all(&in);
	sem_wait(&in);
	if (atomic_fetch_sub(&waiting, 1) == 1)
		open_for_all(&out);
	sem_wait(&out);
}

static void *work(void *unused)
{
	for (int round = 1; round <= ROUNDS; round++) {
		atomic_fetch_add(&phase, 1);
		barrier_wait();
		assert(phase >= round * threads);
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
	sem_init(&in, 0, 0);
	sem_init(&out, 0, 0);
	for (int i = 0; i < threads; i++)
		pthread_create(&thread[i], NULL, work, NULL);
	for (int i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
	printf("all together, twice\n");
	return 0;
}
