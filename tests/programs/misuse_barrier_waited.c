/*
 * A barrier is destroyed while a thread waits at it: both then wait for ever.
 *
 * Verdict: findings
 * Outcome: deadlock
 * Finding: deadlock
 * Finding: misuse at=destroy message=main destroys barrier b while it is waited
 * Finding: misuse at=wait message=T1 uses barrier b after it was destroyed
 * Blocked: T1 waits b at wait
 */
#include <pthread.h>

static pthread_barrier_t b;

static void *body(void *unused)
{
	pthread_barrier_wait(&b); /* wait */
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_barrier_init(&b, NULL, 2);
	pthread_create(&thread, NULL, body, NULL);
	pthread_barrier_destroy(&b); /* destroy */
	pthread_join(thread, NULL);
	return 0;
}
