/*
 * A wait that runs out although the signal may come in time: both are possible,
 * whatever the clock says.
 *
 * Watch: ended
 * Verdict: verified
 * Outcome: exit 0 ended=1
 * Outcome: exit 0 ended=2
 */
#include <errno.h>
#include <pthread.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static int is_ready;
static int ended;

static void *waiter(void *unused)
{
	struct timespec until;
	int error = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 5;
	pthread_mutex_lock(&mutex);
	while (!is_ready && error == 0)
		error = pthread_cond_timedwait(&ready, &mutex, &until);
	ended = error == ETIMEDOUT ? 2 : 1;
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
