/*
 * A thread knows itself, and others by what create gave.
 *
 * Watch: wrong
 * Verdict: verified
 * Outcome: exit 0 wrong=0
 */
#include <pthread.h>

static pthread_t first;
static int wrong;

static void *work(void *unused)
{
	wrong += !pthread_equal(pthread_self(), first);
	return unused;
}

int main(void)
{
	pthread_create(&first, NULL, work, NULL);
	pthread_join(first, NULL);
	wrong += pthread_equal(pthread_self(), first) != 0;
	return 0;
}
