/*
 * Who tries to have a lock that another thread polls under may or may not get
 * it, each time anew: that the one that polls sleeps takes nothing away.
 *
 * Options: --strategy dpor
 * Verdict: verified
 * Watch: taken
 * Outcome: exit 0 taken=0
 * Outcome: exit 0 taken=1
 * Outcome: exit 0 taken=10
 * Outcome: exit 0 taken=11
 * Outcome: exit 0 taken=100
 * Outcome: exit 0 taken=101
 * Outcome: exit 0 taken=110
 * Outcome: exit 0 taken=111
 */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int done;
static int taken;

static void *try(void *unused)
{
	int digits = 0;

	for (int i = 0; i < 3; i++) {
		digits *= 10;
		if (pthread_mutex_trylock(&lock) != 0)
			digits++;
		else
			pthread_mutex_unlock(&lock);
	}
	taken = digits;
	pthread_mutex_lock(&lock);
	done = 1;
	pthread_mutex_unlock(&lock);
	return unused;
}

int main(void)
{
	pthread_t thread;
	int seen;

	pthread_create(&thread, NULL, try, NULL);
	do {
		pthread_mutex_lock(&lock);
		seen = done;
		pthread_mutex_unlock(&lock);
	} while (!seen);
	pthread_join(thread, NULL);
	return 0;
}
