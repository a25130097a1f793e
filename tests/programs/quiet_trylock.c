/*
 * A lock that is had by trying protects as well; whoever fails keeps out.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int x;

static void *increment(void *unused)
{
	if (pthread_mutex_trylock(&m) != 0)
		return unused;
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
