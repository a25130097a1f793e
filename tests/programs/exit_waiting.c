/*
 * main returns while others hold the lock or wait for it.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=0
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Outcome: exit 0 x=4
 * Outcome: exit 0 x=5
 */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int x;

static void *one(void *unused)
{
	pthread_mutex_lock(&lock);
	x = 2 * x + 1;
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *two(void *unused)
{
	pthread_mutex_lock(&lock);
	x = 2 * x + 2;
	pthread_mutex_unlock(&lock);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	return 0;
}
