/*
 * Threads count together, each increment under a lock: none is lost.
 *
 *     counter_lock [THREADS [INCREMENTS]]      2 and 2 by default
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=4 "x = 4\n"
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS_MAX 64

int x;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int increments = 2;

void increment(void)
{
	pthread_mutex_lock(&lock);
	x += 1;
	pthread_mutex_unlock(&lock);
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

	for (int i = 0; i < threads; i++)
		pthread_create(&thread[i], NULL, count, NULL);
	for (int i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
	printf("x = %d\n", x);
	return 0;
}
