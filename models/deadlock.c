/*
 * Two threads take two locks, each in its own order. Where both have taken
 * their first, each waits for ever for the one that the other holds.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=2 "x = 2\n"
 * Outcome: deadlock x=0
 * Finding: deadlock
 * Blocked: T1 waits b held T2 at first
 * Blocked: T2 waits a held T1 at second
 */
#include <pthread.h>
#include <stdio.h>

int x;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *first(void *unused)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* first */
	x += 1;
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return unused;
}

static void *second(void *unused)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* second */
	x += 1;
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
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
