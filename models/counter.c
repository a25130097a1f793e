/*
 * Threads count together, without a lock.
 *
 *     counter [THREADS [INCREMENTS]]      2 and 2 by default
 *
 * x += 1 reads x, adds, and writes x. Where two threads read the same value,
 * they write the same value, and one increment is lost. Of four, two can be
 * lost, but never three: the last write belongs to the second increment of a
 * thread, which comes after its first, and so read at least 1.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=2 "x = 2\n"
 * Outcome: exit 0 x=3 "x = 3\n"
 * Outcome: exit 0 x=4 "x = 4\n"
 * Lost: exit 0 x=2
 * Lost: exit 0 x=3
 * Finding: data-race variable=x in=increment,increment at=here,here
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS_MAX 64

int x;
static int increments = 2;

void increment(void)
{
	x += 1; /* here */
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
