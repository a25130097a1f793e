/*
 * A lock is overwritten while another thread waits for it.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

int x, y;
pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *a(void *p)
{
	(void)p;
	pthread_mutex_lock(&m);
	memset(&m, 0, sizeof m);
	y++;
	return 0;
}

static void *b(void *p)
{
	(void)p;
	y++;
	pthread_mutex_lock(&m);
	x++;
	y++;
	pthread_mutex_unlock(&m);
	return 0;
}

int main(void)
{
	pthread_t t[2];

	pthread_create(&t[0], 0, a, 0);
	pthread_create(&t[1], 0, b, 0);
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], 0);
	printf("%d %d\n", x, y);
	return 0;
}
