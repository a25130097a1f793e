/*
 * A wait without the lock that the condition is used with.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Outcome: deadlock
 * Finding: misuse at=here message=T1 waits for condition variable ready with a
 * Finding: deadlock
 */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;

static void *waiter(void *unused)
{
	pthread_cond_wait(&ready, &mutex); /* here */
	pthread_mutex_unlock(&mutex);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, waiter, NULL);
	pthread_cond_signal(&ready);
	pthread_join(thread, NULL);
	return 0;
}
