/*
 * What the operations on a mutex return.
 *
 * Watch: wrong
 * Verdict: verified
 * Outcome: exit 0 wrong=0
 */
#include <errno.h>
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int wrong;

static void expect(int truth)
{
	wrong = wrong * 2 + !truth;
}

int main(void)
{
	pthread_mutex_t other;

	expect(pthread_mutex_trylock(&m) == 0);
	expect(pthread_mutex_trylock(&m) == EBUSY);
	expect(pthread_mutex_unlock(&m) == 0);
	expect(pthread_mutex_lock(&m) == 0);
	expect(pthread_mutex_unlock(&m) == 0);
	expect(pthread_mutex_init(&other, NULL) == 0);
	expect(pthread_mutex_lock(&other) == 0);
	expect(pthread_mutex_unlock(&other) == 0);
	expect(pthread_mutex_destroy(&other) == 0);
	return 0;
}
