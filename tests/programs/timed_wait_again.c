/*
 * Nobody ever signals: the wait runs out as often as it may, and there the
 * search says that it left something out. It is no deadlock.
 *
 * Watch: x
 * Verdict: incomplete
 * Incomplete: time-outs
 * Outcome: limit x=1
 */
#include <pthread.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static int x;

int main(void)
{
	struct timespec until = {2000000000, 0};

	pthread_mutex_lock(&mutex);
	while (x < 2) {
		pthread_cond_timedwait(&ready, &mutex, &until);
		until.tv_sec++;
		x++;
	}
	pthread_mutex_unlock(&mutex);
	return 0;
}
