/*
 * A condition that is initialised again once it was destroyed, and destroyed as
 * soon as who waited for it was signalled, though he has not returned yet.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready;
static int is_ready;

static void *waiter(void *unused)
{
	pthread_mutex_lock(&mutex);
	while (!is_ready)
		pthread_cond_wait(&ready, &mutex);
	pthread_mutex_unlock(&mutex);
	return unused;
}

int main(void)
{
	pthread_t thread;

	for (int i = 0; i < 2; i++) {
		pthread_cond_init(&ready, NULL);
		is_ready = 0;
		pthread_create(&thread, NULL, waiter, NULL);
		pthread_mutex_lock(&mutex);
		is_ready = 1;
		pthread_cond_broadcast(&ready);
		pthread_mutex_unlock(&mutex);
		pthread_join(thread, NULL);
		pthread_cond_destroy(&ready);
	}
	return 0;
}
