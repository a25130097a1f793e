/*
 * Two threads create a key each: who comes first gets the lower one. A key that
 * is created anew has no values.
 *
 * Watch: first second
 * Verdict: verified
 * Outcome: exit 0 first=0 second=1
 * Outcome: exit 0 first=1 second=0
 */
#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>

static pthread_key_t first;
static pthread_key_t second;

static void *work(void *key)
{
	pthread_key_create(key, NULL);
	return NULL;
}

int main(void)
{
	pthread_t threads[2];
	pthread_key_t keys[PTHREAD_KEYS_MAX];

	for (int i = 0; i < PTHREAD_KEYS_MAX; i++)
		assert(pthread_key_create(&keys[i], NULL) == 0);
	assert(pthread_key_create(&first, NULL) == EAGAIN);
	assert(pthread_setspecific(keys[0], &first) == 0);
	for (int i = 0; i < PTHREAD_KEYS_MAX; i++)
		assert(pthread_key_delete(keys[i]) == 0);
	assert(pthread_key_delete(keys[0]) == EINVAL);
	assert(pthread_setspecific(keys[0], &first) == EINVAL);
	assert(pthread_key_delete(PTHREAD_KEYS_MAX) == EINVAL);
	assert(pthread_setspecific(PTHREAD_KEYS_MAX, &first) == EINVAL);
	pthread_create(&threads[0], NULL, work, &first);
	pthread_create(&threads[1], NULL, work, &second);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	assert(!pthread_getspecific(first) && !pthread_getspecific(second));
	return 0;
}
