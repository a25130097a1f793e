/*
 * What joining, trying to and detaching say, of threads in every state.
 *
 * Verdict: findings
 * Executions: 1
 * Outcome: exit 0 ""
 * Finding: misuse message=main joins itself
 * Finding: misuse message=main detaches T2, which is detached already
 * Finding: misuse message=main joins T2, which is detached
 */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *value)
{
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
	return value;
}

int main(void)
{
	pthread_t thread;
	void *value;

	assert(pthread_tryjoin_np(pthread_self(), NULL) == EBUSY);
	assert(pthread_join(pthread_self(), NULL) == EDEADLK);
	pthread_mutex_lock(&lock);
	pthread_create(&thread, NULL, work, &lock);
	assert(pthread_tryjoin_np(thread, &value) == EBUSY);
	assert(pthread_kill(thread, 0) == 0);
	assert(pthread_kill(thread, 1000) == EINVAL);
	pthread_mutex_unlock(&lock);
	assert(pthread_join(thread, &value) == 0 && value == &lock);
	pthread_mutex_lock(&lock);
	pthread_create(&thread, NULL, work, NULL);
	assert(pthread_detach(thread) == 0);
	assert(pthread_detach(thread) == EINVAL);
	assert(pthread_join(thread, NULL) == EINVAL);
	assert(pthread_equal(thread, thread));
	assert(!pthread_equal(thread, pthread_self()));
	return 0;
}
