/*
 * The second of two writes stands behind the unlock: only that one races.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=2
 * Outcome: exit 0 x=3
 * Finding: data-race variable=x in=careful,careless at=here,there
 */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int x;

static void *careless(void *unused)
{
	pthread_mutex_lock(&m);
	x = 1;
	pthread_mutex_unlock(&m);
	x = 2; /* here */
	return unused;
}

static void *careful(void *unused)
{
	pthread_mutex_lock(&m);
	x = 3; /* there */
	pthread_mutex_unlock(&m);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, careless, NULL);
	pthread_create(&second, NULL, careful, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
