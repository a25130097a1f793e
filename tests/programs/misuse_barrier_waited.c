/*
 * A barrier is destroyed while a thread waits at it: both then wait for ever.
 *
 * Verdict: findings
 * Finding: any
 */
#include <pthread.h>

static pthread_barrier_t b;

static void *body(void *unused)
{
	pthread_barrier_wait(&b);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_barrier_init(&b, NULL, 2);
	pthread_create(&thread, NULL, body, NULL);
	pthread_barrier_destroy(&b);
	pthread_join(thread, NULL);
	return 0;
}
