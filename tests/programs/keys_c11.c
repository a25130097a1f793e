/*
 * C11's names for thread-specific data.
 *
 * Watch: destroyed
 * Verdict: verified
 * Outcome: exit 0 destroyed=2
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <threads.h>

static tss_t key;
static atomic_int destroyed;

static void destroy(void *value)
{
	if (value == &key)
		destroyed++;
}

static void *work(void *unused)
{
	assert(tss_get(key) == NULL);
	assert(tss_set(key, &key) == thrd_success);
	assert(tss_get(key) == &key);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	assert(tss_create(&key, destroy) == thrd_success);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, work, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	tss_delete(key);
	assert(tss_set(key, &key) == thrd_error);
	return 0;
}
