/*
 * Two threads take two locks, both in the same order: whoever has the first
 * gets the second.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2 "x = 2\n"
 */
#include <pthread.h>
#include <stdio.h>

int x;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *first(void *unused)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	x += 1;
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return unused;
}

static void *second(void *unused)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	x += 1;
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return unused;
}

int main(void)
{
	pthread_t one;
	pthread_t two;

	pthread_create(&one, NULL, first, NULL);
	pthread_create(&two, NULL, second, NULL);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	printf("x = %d\n", x);
	return 0;
}
