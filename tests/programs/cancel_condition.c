/*
 * Who waits for a condition variable is signalled or cancelled, whichever comes
 * first. To be cancelled it has the mutex back before its handler runs, which
 * gives it back; a thread that has left the wait is not cancelled any more
 * where it no longer looks.
 *
 * Watch: done cleaned
 * Verdict: verified
 * Outcome: exit 0 cleaned=0 done=1
 * Outcome: exit 1 cleaned=1 done=0
 */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static int ready;
static int done;
static int cleaned;

static void clean_up(void *unused)
{
	(void)unused;
	cleaned++;
	pthread_mutex_unlock(&mutex);
}

static void *waiter(void *unused)
{
	pthread_mutex_lock(&mutex);
	pthread_cleanup_push(clean_up, NULL);
	while (!ready)
		pthread_cond_wait(&condition, &mutex);
	pthread_cleanup_pop(0);
	done = 1;
	pthread_mutex_unlock(&mutex);
	return unused;
}

static void *signaller(void *unused)
{
	pthread_mutex_lock(&mutex);
	ready = 1;
	pthread_cond_signal(&condition);
	pthread_mutex_unlock(&mutex);
	return unused;
}

int main(void)
{
	pthread_t threads[2];
	void *value;

	pthread_create(&threads[0], NULL, waiter, NULL);
	pthread_create(&threads[1], NULL, signaller, NULL);
	pthread_cancel(threads[0]);
	pthread_join(threads[0], &value);
	pthread_join(threads[1], NULL);
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	return value == PTHREAD_CANCELED;
}
