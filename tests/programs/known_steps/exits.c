/*
 * Threads end in several ways, are joined in another order, and main goes on in
 * between.
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

int x;
pthread_t t[3];

static void *a(void *p)
{
	long n = (long)p;
	int v = x;

	sched_yield();
	x = v + 1;
	if (v == 1)
		pthread_exit((void *)7L);
	if (n == 2)
		return (void *)(long)x;
	return (void *)(long)v;
}

int main(void)
{
	long s = 0;

	for (long i = 0; i < 3; i++)
		pthread_create(&t[i], 0, a, (void *)i);
	for (int i = 2; i >= 0; i--) {
		void *r;
		pthread_join(t[i], &r);
		s = s * 10 + (long)r;
		if (x == 2)
			x += 5;
	}
	printf("%d %ld\n", x, s);
	return 0;
}
