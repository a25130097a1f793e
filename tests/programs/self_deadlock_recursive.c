/*
 * A recursive mutex may be locked again by its owner.
 *
 * Watch: x
 * Flags: -D_GNU_SOURCE
 * Verdict: verified
 * Outcome: exit 0 x=2
 */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static int x;

static void *twice(void *unused)
{
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&m);
	x += 1;
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&m);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, twice, NULL);
	pthread_create(&second, NULL, twice, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
