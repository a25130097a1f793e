/*
 * The same without a handler: the thread ends with the mutex, and whoever wants
 * it waits for ever.
 *
 * Verdict: findings
 * Outcome: deadlock
 * Finding: misuse message=T1 ends while it holds lock mutex
 * Finding: deadlock message=held by T1
 */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;

static void *waiter(void *unused)
{
	pthread_mutex_lock(&mutex);
	for (;;)
		pthread_cond_wait(&condition, &mutex);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, waiter, NULL);
	pthread_cancel(thread);
	pthread_join(thread, NULL);
	pthread_mutex_lock(&mutex);
	return 0;
}
