/*
 * Every access to x is inside the same lock.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2
 */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int x;

static void *increment(void *unused)
{
	pthread_mutex_lock(&m);
	x += 1;
	pthread_mutex_unlock(&m);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, increment, NULL);
	pthread_create(&second, NULL, increment, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
