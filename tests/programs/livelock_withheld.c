/*
 * Somebody polls a flag that another sets after two waits which run out. Only
 * one time-out is tried, so that the flag is never seen set: no livelock.
 *
 * Case: 1
 * Verdict: incomplete
 * Incomplete: time-outs
 * Case: 2
 * Options: --timeouts 2
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static atomic_int flag;

static void *wait_twice(void *unused)
{
	struct timespec until = {3000000000, 0};

	flag = 0;
	pthread_mutex_lock(&mutex);
	for (int i = 0; i < 2; i++) {
		pthread_cond_timedwait(&never, &mutex, &until);
		until.tv_sec++;
	}
	pthread_mutex_unlock(&mutex);
	flag = 1;
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, wait_twice, NULL);
	while (!flag)
		;
	return pthread_join(thread, NULL);
}
