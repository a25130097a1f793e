/*
 * Two threads wait for one condition, each with a lock of its own.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse message=waits for condition variable ready with another
 */
#include <pthread.h>

static pthread_mutex_t locks[2] = {PTHREAD_MUTEX_INITIALIZER,
				   PTHREAD_MUTEX_INITIALIZER};
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static int is_ready[2];

static void *waiter(void *number)
{
	int i = (int)(long)number;

	pthread_mutex_lock(&locks[i]);
	while (!is_ready[i])
		pthread_cond_wait(&ready, &locks[i]);
	pthread_mutex_unlock(&locks[i]);
	return NULL;
}

int main(void)
{
	pthread_t threads[2];

	for (long i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, waiter, (void *)i);
	for (int i = 0; i < 2; i++) {
		pthread_mutex_lock(&locks[i]);
		is_ready[i] = 1;
		pthread_cond_broadcast(&ready);
		pthread_mutex_unlock(&locks[i]);
	}
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
