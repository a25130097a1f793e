/*
 * Three are expected at the barrier, two come.
 *
 * Verdict: findings
 * Outcome: deadlock
 * Finding: deadlock
 * Blocked: main waits end of T1
 * Blocked: T1 waits barrier b at here
 * Blocked: T2 waits barrier b at here
 */
#include <pthread.h>

static pthread_barrier_t b;

static void *meet(void *unused)
{
	pthread_barrier_wait(&b); /* here */
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_barrier_init(&b, NULL, 3);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, meet, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
