/*
 * A state of random numbers that two threads share without a lock; the common
 * one of the C library has one of its own, and whoever comes first gets the
 * first number.
 *
 * Watch: numbers[0] numbers[1]
 * Verdict: findings
 * Outcome: exit 0 numbers[0]=7 numbers[1]=13
 * Outcome: exit 0 numbers[0]=13 numbers[1]=7
 * Outcome: exit 0 numbers[0]=13 numbers[1]=13
 * Finding: data-race variable=seed in=draw,draw at=here,here
 */
#include <pthread.h>
#include <stdlib.h>

static unsigned seed = 1;
static int numbers[2];

static void *draw(void *place)
{
	*(int *)place = rand_r(&seed) % 100; /* here */
	return NULL;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, draw, &numbers[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
