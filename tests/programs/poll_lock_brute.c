/*
 * Two threads poll a flag under a lock: whoever finds it unset sleeps until it
 * is set.
 *
 * Options: --strategy dfs
 * Verdict: verified
 * Watch: x
 * Outcome: exit 0 x=1
 */
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int done;
static int x;

/* Who polls, polls so. */
static void await_done(void)
{
	for (;;) {
		pthread_mutex_lock(&lock);
		if (done) {
			pthread_mutex_unlock(&lock);
			break;
		}
		pthread_mutex_unlock(&lock);
		usleep(100);
	}
}

static void *poll(void *unused)
{
	await_done();
	return unused;
}

static void *work(void *unused)
{
	pthread_mutex_lock(&lock);
	x++;
	done = 1;
	pthread_mutex_unlock(&lock);
	return unused;
}

int main(void)
{
	pthread_t poller;
	pthread_t worker;

	pthread_create(&poller, NULL, poll, NULL);
	pthread_create(&worker, NULL, work, NULL);
	await_done();
	pthread_join(poller, NULL);
	pthread_join(worker, NULL);
	return 0;
}
