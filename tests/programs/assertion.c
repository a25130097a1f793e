/*
 * The assertion holds in one order only.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: assertion x=0
 * Finding: assertion in=check at=here message=x == 1
 */
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int x;

static void *set(void *unused)
{
	pthread_mutex_lock(&m);
	x = 1;
	pthread_mutex_unlock(&m);
	return unused;
}

static void *check(void *unused)
{
	pthread_mutex_lock(&m);
	assert(x == 1); /* here */
	pthread_mutex_unlock(&m);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, set, NULL);
	pthread_create(&second, NULL, check, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
