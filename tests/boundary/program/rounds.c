/*
 * Only where the counter ends at 2 do both threads touch y.
 */
#include <pthread.h>
#include <stddef.h>

static int x;
static int y;

static void *first(void *unused)
{
	for (int i = 0; i < 4; i++)
		x++;
	if (x == 2)
		y = 1;
	return unused;
}

static void *second(void *unused)
{
	y = 2;
	for (int i = 0; i < 4; i++)
		x++;
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, first, NULL);
	pthread_create(&threads[1], NULL, second, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
