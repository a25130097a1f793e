/*
 * A thread detaches itself, or does not; main ends as a thread.
 */
#include <pthread.h>
#include <stdio.h>

int x, y;

static void *a(void *p)
{
	(void)p;
	x++;
	if (x == 2)
		pthread_detach(pthread_self());
	y++;
	return 0;
}

static void *b(void *p)
{
	(void)p;
	x++;
	y++;
	return 0;
}

int main(void)
{
	pthread_t t[2];

	pthread_create(&t[0], 0, a, 0);
	pthread_create(&t[1], 0, b, 0);
	pthread_join(t[1], 0);
	printf("%d %d\n", x, y);
	pthread_exit(0);
}
