/*
 * A lock is freed by a store into its bytes, which both threads look at, while
 * the other waits for it.
 */
#include <pthread.h>
#include <stdio.h>

pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
int x;

static long *word(int i)
{
	return (long *)&m + i;
}

static void *a(void *p)
{
	(void)p;
	pthread_mutex_lock(&m);
	for (int i = 0; i < 3; i++)
		*word(i) = 0;
	x++;
	return 0;
}

static void *b(void *p)
{
	int taken = 0;

	for (int i = 0; i < 3; i++)
		taken += *word(i) != 0;

	(void)p;
	pthread_mutex_lock(&m);
	x += 1 + taken;
	return 0;
}

int main(void)
{
	pthread_t t[2];

	pthread_create(&t[0], 0, a, 0);
	pthread_create(&t[1], 0, b, 0);
	pthread_join(t[0], 0);
	pthread_join(t[1], 0);
	printf("%d\n", x);
	return 0;
}
