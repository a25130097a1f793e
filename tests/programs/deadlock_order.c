/*
 * Two locks, always taken in the same order.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *both(void *unused)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, both, NULL);
	pthread_create(&second, NULL, both, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
