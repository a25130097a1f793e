/*
 * Cancellation: where it takes effect, what runs then, and who is told.
 */
#include "check.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <unistd.h>

static sem_t started;
static sem_t go_on;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;

static void say(void *number)
{
	printf("handler %ld\n", (long)(intptr_t)number);
}

static void states(void)
{
	int old = -1;

	CHECK_ERROR(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old));
	CHECK_VALUE(old == PTHREAD_CANCEL_ENABLE);
	CHECK_ERROR(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old));
	CHECK_VALUE(old == PTHREAD_CANCEL_DISABLE);
	CHECK_ERROR(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL));
	CHECK_ERROR(pthread_setcancelstate(77, &old));
	CHECK_ERROR(pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &old));
	CHECK_VALUE(old == PTHREAD_CANCEL_DEFERRED);
	CHECK_ERROR(pthread_setcanceltype(77, &old));
	pthread_testcancel();
}

static void handlers_without_cancel(void)
{
	pthread_cleanup_push(say, (void *)1);
	pthread_cleanup_push(say, (void *)2);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(1);
}

static void *exit_with_handlers(void *value)
{
	pthread_cleanup_push(say, (void *)3);
	pthread_cleanup_push(say, (void *)4);
	pthread_exit(value);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *test(void *unused)
{
	pthread_cleanup_push(say, (void *)5);
	sem_wait(&started);
	pthread_testcancel();
	printf("not reached\n");
	pthread_cleanup_pop(0);
	return unused;
}

static void *disable(void *value)
{
	int old;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
	sem_post(&go_on);
	sem_wait(&started);
	pthread_testcancel();
	printf("still there\n");
	return value;
}

static void *disable_then_enable(void *value)
{
	int old;

	disable(value);
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
	printf("no cancellation point yet\n");
	pthread_testcancel();
	printf("not reached\n");
	return value;
}

static void unlock(void *held)
{
	printf("unlock: %s\n", error_name(pthread_mutex_unlock(held)));
}

static void *wait_for_condition(void *unused)
{
	pthread_mutex_lock(&mutex);
	pthread_cleanup_push(unlock, &mutex);
	for (;;)
		pthread_cond_wait(&condition, &mutex);
	pthread_cleanup_pop(0);
	return unused;
}

static void *wait_for_semaphore(void *unused)
{
	pthread_cleanup_push(say, (void *)6);
	for (;;)
		sem_wait(&go_on);
	pthread_cleanup_pop(0);
	return unused;
}

static void *sleep_long(void *unused)
{
	for (;;)
		sleep(1000);
	return unused;
}

static void *ended(void *unused)
{
	return unused;
}

static intptr_t joined(pthread_t thread)
{
	void *result = NULL;

	pthread_join(thread, &result);
	return result == PTHREAD_CANCELED ? -1 : (intptr_t)result;
}

static intptr_t cancelled(void *(*start)(void *), int posts)
{
	pthread_t thread;

	pthread_create(&thread, NULL, start, (void *)9);
	if (start == disable || start == disable_then_enable)
		sem_wait(&go_on);
	pthread_cancel(thread);
	while (posts-- > 0)
		sem_post(&started);
	return joined(thread);
}

int main(void)
{
	pthread_t thread;

	sem_init(&started, 0, 0);
	sem_init(&go_on, 0, 0);
	states();
	handlers_without_cancel();
	pthread_create(&thread, NULL, exit_with_handlers, (void *)8);
	CHECK_VALUE(joined(thread));
	CHECK_VALUE(cancelled(disable, 1));
	CHECK_VALUE(cancelled(disable_then_enable, 1));
	CHECK_VALUE(cancelled(wait_for_semaphore, 0));
	CHECK_VALUE(cancelled(sleep_long, 0));
	CHECK_VALUE(cancelled(test, 0));
	CHECK_VALUE(cancelled(wait_for_condition, 0));
	CHECK_ERROR(pthread_mutex_trylock(&mutex));
	CHECK_ERROR(pthread_mutex_unlock(&mutex));
	CHECK_ERROR(pthread_create(&thread, NULL, ended, NULL));
	CHECK_ERROR(pthread_join(thread, NULL));
	return 0;
}
