/*
 * A wait that does not look again is right as long as no wait ends without a
 * reason.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=1
 */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static int is_ready;
static int x;

static void *waiter(void *unused)
{
	pthread_mutex_lock(&mutex);
	if (!is_ready)
		pthread_cond_wait(&ready, &mutex);
	x = is_ready ? 1 : 2;
	pthread_mutex_unlock(&mutex);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, waiter, NULL);
	pthread_mutex_lock(&mutex);
	is_ready = 1;
	pthread_cond_signal(&ready);
	pthread_mutex_unlock(&mutex);
	pthread_join(thread, NULL);
	return 0;
}
