/*
 * Each thread has its own value for a key, and none of it is shared: nothing
 * but the lock is a step.
 *
 * Watch: sum
 * Verdict: verified
 * Executions: 2
 * Outcome: exit 0 sum=3
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_key_t key;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int sum;

static void *work(void *argument)
{
	assert(pthread_getspecific(key) == NULL);
	assert(pthread_setspecific(key, argument) == 0);
	pthread_mutex_lock(&lock);
	sum += *(int *)pthread_getspecific(key);
	pthread_mutex_unlock(&lock);
	assert(pthread_getspecific(key) == argument);
	return NULL;
}

int main(void)
{
	static int numbers[2] = {1, 2};
	pthread_t threads[2];

	assert(pthread_key_create(&key, NULL) == 0);
	assert(pthread_setspecific(key, &key) == 0);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, work, &numbers[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(pthread_getspecific(key) == &key);
	assert(pthread_key_delete(key) == 0);
	return 0;
}
