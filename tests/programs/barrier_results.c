/*
 * What the operations on a barrier return.
 *
 * Watch: wrong
 * Verdict: verified
 * Outcome: exit 0 wrong=0
 */
#include <pthread.h>

static int wrong;

static void expect(int truth)
{
	wrong = wrong * 2 + !truth;
}

int main(void)
{
	pthread_barrier_t b;
	pthread_barrierattr_t shared;

	expect(pthread_barrier_init(&b, NULL, 1) == 0);
	expect(pthread_barrier_wait(&b) == PTHREAD_BARRIER_SERIAL_THREAD);
	expect(pthread_barrier_wait(&b) == PTHREAD_BARRIER_SERIAL_THREAD);
	expect(pthread_barrier_destroy(&b) == 0);
	pthread_barrierattr_init(&shared);
	pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
	expect(pthread_barrier_init(&b, &shared, 1) == 0);
	expect(pthread_barrier_wait(&b) == PTHREAD_BARRIER_SERIAL_THREAD);
	expect(pthread_barrier_destroy(&b) == 0);
	return 0;
}
