/*
 * Nobody ever signals, and the wait may run out often enough to come to an
 * end.
 *
 * Watch: x
 * Options: --timeouts 2
 * Verdict: verified
 * Outcome: exit 0 x=2
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
