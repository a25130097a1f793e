/*
 * Two threads read a local of main's, which it has written after it joined two
 * others.
 */
#include <pthread.h>
#include <stdio.h>

int x, y;

static void *inc(void *p)
{
	(void)p;
	x++;
	x++;
	return 0;
}

static void *use(void *p)
{
	int *n = p;

	for (int i = 0; i < 3; i++) {
		if (*n == 1)
			y++;
		else
			y += 2;
	}
	return 0;
}

int main(void)
{
	pthread_t a, b, c, d;
	int n = 0;

	pthread_create(&a, 0, inc, 0);
	pthread_create(&b, 0, inc, 0);
	pthread_join(a, 0);
	pthread_join(b, 0);
	n = x;
	pthread_create(&c, 0, use, &n);
	pthread_create(&d, 0, use, &n);
	pthread_join(c, 0);
	pthread_join(d, 0);
	printf("%d %d\n", y, n);
	return 0;
}
