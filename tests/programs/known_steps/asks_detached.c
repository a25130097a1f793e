/*
 * After an access a thread asks whether another one is detached, which is no
 * operation.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

int x, y;
static pthread_t asked;

static int is_detached(void)
{
	pthread_attr_t attributes;
	int state;

	pthread_getattr_np(asked, &attributes);
	pthread_attr_getdetachstate(&attributes, &state);
	pthread_attr_destroy(&attributes);
	return state == PTHREAD_CREATE_DETACHED;
}

static void *a(void *p)
{
	(void)p;
	x++;
	x += 10 + 10 * is_detached();
	y += 10;
	return 0;
}

static void *b(void *p)
{
	(void)p;
	y++;
	pthread_detach(pthread_self());
	y++;
	x++;
	return 0;
}

int main(void)
{
	pthread_t t;

	pthread_create(&asked, 0, b, 0);
	pthread_create(&t, 0, a, 0);
	pthread_join(t, 0);
	printf("%d %d\n", x, y);
	pthread_exit(0);
}
