/*
 * Two locks in two orders, but the second only tries.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void both(pthread_mutex_t *left, pthread_mutex_t *right)
{
	pthread_mutex_lock(left);
	if (pthread_mutex_trylock(right) == 0)
		pthread_mutex_unlock(right);
	pthread_mutex_unlock(left);
}

static void *one(void *unused)
{
	both(&a, &b);
	return unused;
}

static void *two(void *unused)
{
	both(&b, &a);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
