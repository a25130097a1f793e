/*
 * main joins a thread that waits for a lock which main holds. Who would have to
 * end is said once.
 *
 * Verdict: findings
 * Outcome: deadlock
 * Finding: deadlock message=main waits for end of T1 in main()
 */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *unused)
{
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_mutex_lock(&mutex);
	pthread_create(&thread, NULL, work, NULL);
	pthread_join(thread, NULL);
	pthread_mutex_unlock(&mutex);
	return 0;
}
