/*
 * The crash is in a thread that a thread created.
 *
 * Verdict: findings
 * Outcome: crash 11
 * Finding: crash in=inner at=here
 */
#include <pthread.h>

static void *inner(void *unused)
{
	*(volatile int *)8 = 1; /* here */
	return unused;
}

static void *outer(void *unused)
{
	pthread_t thread;

	pthread_create(&thread, NULL, inner, NULL);
	pthread_join(thread, NULL);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, outer, NULL);
	pthread_join(thread, NULL);
	return 0;
}
