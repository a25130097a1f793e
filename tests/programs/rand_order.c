/*
 * rand() has one state for all threads: who comes first gets the first number.
 *
 * Watch: swapped
 * Verdict: verified
 * Outcome: exit 0 swapped=0
 * Outcome: exit 0 swapped=1
 * Executions: 2
 */
#include <pthread.h>
#include <stdlib.h>

static long first_got;
static long second_got;
static int swapped;

static void *one(void *unused)
{
	first_got = rand();
	return unused;
}

static void *two(void *unused)
{
	second_got = rand();
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;
	long number;

	srand(7);
	number = rand();
	srand(7);
	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	swapped = first_got != number;
	return swapped && second_got != number;
}
