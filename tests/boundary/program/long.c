/*
 * 22!/(11!)^2 = 705,432 interleavings.
 */
#include <pthread.h>
#include <stddef.h>

static int x;
static int y;

static void *work(void *unused)
{
	for (int i = 0; i < 5; i++)
		x++;
	y = 1;
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, work, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
