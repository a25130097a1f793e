/*
 * Two threads poll a flag under a lock that they try for: each wakes the other,
 * for ever, yet there are but a few states. A try that fails is only made
 * again, and tells nobody anything: whether there are races is decided.
 *
 * Options: --strategy states
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool done;

static void *poll(void *unused)
{
	bool seen = false;

	while (!seen) {
		if (pthread_mutex_trylock(&lock) != 0)
			continue;
		seen = done;
		pthread_mutex_unlock(&lock);
	}
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, poll, NULL);
	pthread_mutex_lock(&lock);
	done = true;
	pthread_mutex_unlock(&lock);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
