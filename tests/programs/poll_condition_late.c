/*
 * Ignores that its wait for a condition has run out, and waits again until the
 * same time. That the clock was read a while ago, or long ago, makes no
 * difference: there are but a few states.
 *
 * Options: --strategy states
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <stdbool.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool done;

static void *work(void *unused)
{
	pthread_mutex_lock(&lock);
	done = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	return unused;
}

int main(void)
{
	struct timespec until;
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	pthread_mutex_lock(&lock);
	while (!done)
		pthread_cond_timedwait(&changed, &lock, &until);
	pthread_mutex_unlock(&lock);
	pthread_join(thread, NULL);
	return 0;
}
