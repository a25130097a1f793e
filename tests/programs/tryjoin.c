/*
 * Whether a thread has ended is seen by who looks: too early in some orders.
 * Joining it that way orders what it did before.
 *
 * Watch: first x
 * Verdict: verified
 * Outcome: exit 0 first=0 x=2
 * Outcome: exit 0 first=16 x=2
 */
#define _GNU_SOURCE
#include <pthread.h>

static int x;
static int first;

static void *work(void *value)
{
	x = 1;
	return value;
}

int main(void)
{
	pthread_t thread;
	void *value = NULL;

	pthread_create(&thread, NULL, work, &x);
	first = pthread_tryjoin_np(thread, &value);
	if (first != 0)
		pthread_join(thread, &value);
	if (value == &x)
		x++;
	return 0;
}
