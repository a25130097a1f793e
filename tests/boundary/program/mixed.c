/*
 * Some of everything that a search must take along: a racy counter, a block of
 * the heap, output of both threads, two locks in two orders.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t locks[2] = {PTHREAD_MUTEX_INITIALIZER,
				   PTHREAD_MUTEX_INITIALIZER};
static int x;
static int *block;

static void *work(void *argument)
{
	const int number = *(const int *)argument;

	x++;
	pthread_mutex_lock(&locks[number]);
	pthread_mutex_lock(&locks[1 - number]);
	block[3] = number;
	pthread_mutex_unlock(&locks[1 - number]);
	pthread_mutex_unlock(&locks[number]);
	printf("%d", number);
	return NULL;
}

int main(void)
{
	int numbers[2] = {0, 1};
	pthread_t threads[2];

	block = malloc(16 * sizeof(*block));
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, work, &numbers[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	printf(" %d %d\n", x, block[3]);
	free(block);
	return 0;
}
