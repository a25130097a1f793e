/*
 * Who fails to get a lock knows that another has begun, and is not ordered
 * behind it: a race, of which a search over states sees only that it cannot
 * tell.
 *
 * Options: --strategy states
 * Verdict: incomplete
 * Incomplete: races-not-decided
 */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int x;

static void *begin(void *unused)
{
	x = 1;
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return unused;
}

static void *follow(void *unused)
{
	if (pthread_mutex_trylock(&m) != 0)
		x = 2;
	else
		pthread_mutex_unlock(&m);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, begin, NULL);
	pthread_create(&second, NULL, follow, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
