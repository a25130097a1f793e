/*
 * A thread creates another one, whose argument was read.
 */
#include <pthread.h>
#include <stdio.h>

int x;
pthread_t inner;

static void *c(void *p)
{
	x += (int)(long)p;
	return 0;
}

static void *a(void *p)
{
	(void)p;
	int v = x;
	pthread_create(&inner, 0, c, (void *)(long)(v + 1));
	x++;
	pthread_join(inner, 0);
	x *= 2;
	return 0;
}

static void *b(void *p)
{
	(void)p;
	x++;
	x++;
	return 0;
}

int main(void)
{
	pthread_t t[2];

	pthread_create(&t[0], 0, a, 0);
	pthread_create(&t[1], 0, b, 0);
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], 0);
	printf("%d\n", x);
	return 0;
}
