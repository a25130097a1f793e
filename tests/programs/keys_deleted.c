/*
 * A key is deleted while the other thread may still use it: its value is gone,
 * and its destructor is not called, in one of the orders.
 *
 * Watch: destroyed seen
 * Verdict: verified
 * Outcome: exit 0 destroyed=1 seen=1
 * Outcome: exit 0 destroyed=0 seen=1
 * Outcome: exit 0 destroyed=0 seen=0
 * Outcome: exit 0 destroyed=0 seen=-1
 */
#include <errno.h>
#include <pthread.h>

static pthread_key_t key;
static int seen;
static int destroyed;

static void destroy(void *value)
{
	*(int *)value = 1;
}

static void *work(void *unused)
{
	if (pthread_setspecific(key, &destroyed) == EINVAL)
		seen = -1;
	else
		seen = pthread_getspecific(key) == &destroyed;
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_key_create(&key, destroy);
	pthread_create(&thread, NULL, work, NULL);
	pthread_key_delete(key);
	pthread_join(thread, NULL);
	return 0;
}
