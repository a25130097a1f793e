/*
 * A thread that knows that a lock is held waits for it when it is freed by a
 * store into its bytes, which both look at.
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
	x++;
	return 0;
}

static void *b(void *p)
{
	int taken = 0;

	(void)p;
	for (int i = 2; i >= 0; i--)
		taken += *word(i) != 0;
	pthread_mutex_lock(&m);
	x += 10 + 100 * taken;
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
