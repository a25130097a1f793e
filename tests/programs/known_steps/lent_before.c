/*
 * What main has read before it creates the others lies on its stack, and
 * decides what they do.
 */
#include <pthread.h>
#include <stdio.h>

int x, y, go;

static void *early(void *p)
{
	(void)p;
	for (int i = 0; i < 2; i++)
		x++;
	return 0;
}

static void *late(void *p)
{
	int *n = p;

	for (int i = 0; i < 2; i++)
		y += *n;
	return 0;
}

int main(void)
{
	pthread_t a, b, c;
	int n;

	pthread_create(&a, 0, early, 0);
	n = x;
	pthread_create(&b, 0, late, &n);
	pthread_create(&c, 0, late, &n);
	pthread_join(a, 0);
	pthread_join(b, 0);
	pthread_join(c, 0);
	printf("x=%d y=%d n=%d\n", x, y, n);
	return 0;
}
