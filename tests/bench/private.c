/*
 * Two threads that compute much alone, then each increment a common variable
 * twice: 34 traces, whatever they did before.
 */
#include <pthread.h>
#include <stdio.h>

#define STEPS 100000

static int x;

static void *work(void *result)
{
	int sum = 0;

	for (int i = 0; i < STEPS; i++)
		sum += i % 7;
	*(int *)result = sum;
	x = x + 1;
	x = x + 1;
	return NULL;
}

int main(void)
{
	pthread_t threads[2];
	int results[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, work, &results[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	printf("%d %d\n", results[0] == results[1], x);
	return 0;
}
