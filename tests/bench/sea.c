/*
 * The racy counter beside a hundred megabytes of which it touches one page (or,
 * built without SEA, beside nothing): the price of a world that is large but
 * hardly used.
 */
#include <pthread.h>
#include <stdio.h>

#ifdef SEA
static char sea[100 << 20];
#else
static char sea[1 << 12];
#endif
static int x;

static void *work(void *unused)
{
	for (int i = 0; i < 4; i++)
		x++;
	sea[sizeof(sea) / 2] = 1;
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, work, NULL);
	pthread_create(&second, NULL, work, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	printf("x = %d\n", x);
	return 0;
}
