/*
 * Threads count together, each increment between the wait and the post of a
 * semaphore that starts at one: it admits one thread at a time, as a lock does.
 *
 *     counter_semaphore [THREADS [INCREMENTS]]      2 and 2 by default
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=4 "x = 4\n"
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS_MAX 64

int x;
static sem_t turn;
static int increments = 2;

void increment(void)
{
	sem_wait(&turn);
	x += 1;
	sem_post(&turn);
}

static void *count(void *unused)
{
	for (int i = 0; i < increments; i++)
		increment();
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread[THREADS_MAX];
	int threads = 2;

	if (argc > 1)
		threads = atoi(argv[1]);
	if (argc > 2)
		increments = atoi(argv[2]);
	if (threads < 1 || threads > THREADS_MAX || increments < 0) {
		fprintf(stderr, "usage: %s [threads] [increments]\n", argv[0]);
		return 2;
	}

	sem_init(&turn, 0, 1);
	for (int i = 0; i < threads; i++)
		pthread_create(&thread[i], NULL, count, NULL);
	for (int i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
	printf("x = %d\n", x);
	return 0;
}
