/*
 * Waits for a condition between accesses.
 */
#include <pthread.h>
#include <stdio.h>

int x, n;
pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t c = PTHREAD_COND_INITIALIZER;

static void *a(void *p)
{
	(void)p;
	x++;
	pthread_mutex_lock(&m);
	while (n == 0)
		pthread_cond_wait(&c, &m);
	n--;
	pthread_mutex_unlock(&m);
	x++;
	return 0;
}

static void *b(void *p)
{
	(void)p;
	x++;
	pthread_mutex_lock(&m);
	n++;
	pthread_mutex_unlock(&m);
	pthread_cond_signal(&c);
	x++;
	return 0;
}

int main(void)
{
	pthread_t t[3];

	pthread_create(&t[0], 0, a, 0);
	pthread_create(&t[1], 0, b, 0);
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], 0);
	printf("%d %d\n", x, n);
	return 0;
}
