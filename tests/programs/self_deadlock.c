/*
 * A thread locks what it holds already.
 *
 * Verdict: findings
 * Outcome: deadlock
 * Finding: deadlock
 * Blocked: T1 waits m held T1 at here
 * Executions: 1
 */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *twice(void *unused)
{
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&m); /* here */
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, twice, NULL);
	pthread_join(thread, NULL);
	return 0;
}
