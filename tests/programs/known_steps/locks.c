/*
 * Accesses inside a lock and outside of it.
 */
#include <pthread.h>
#include <stdio.h>

int x, y;
pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *a(void *p)
{
	(void)p;
	y++;
	pthread_mutex_lock(&m);
	x++;
	pthread_mutex_unlock(&m);
	y++;
	return 0;
}

int main(void)
{
	pthread_t t[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&t[i], 0, a, 0);
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], 0);
	printf("%d %d\n", x, y);
	return 0;
}
