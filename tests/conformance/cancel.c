/*
 * Cancellation: where it takes effect, what runs then, and who is told.
 */
#include "check.h"

#include <poll.h>
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

/* Has been cancelled for sure before it enables that. */
static void await_cancel(void)
{
	int old;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
	sem_wait(&started);
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
}

static void *write_cancelled(void *ends)
{
	await_cancel();
	(void)!write(((int *)ends)[1], "y", 1);
	printf("not reached\n");
	return NULL;
}

static void *read_cancelled(void *ends)
{
	char byte;

	await_cancel();
	(void)!read(((int *)ends)[0], &byte, 1);
	printf("not reached\n");
	return NULL;
}

static void *poll_cancelled(void *unused)
{
	await_cancel();
	poll(NULL, 0, 0);
	printf("not reached\n");
	return unused;
}

/* Is not cancelled where it reads and writes, but there it would be. */
static void *read_and_write(void *ends)
{
	int old;
	char byte;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
	sem_wait(&started);
	CHECK_VALUE(write(((int *)ends)[1], "z", 1));
	CHECK_VALUE(read(((int *)ends)[0], &byte, 1));
	CHECK_VALUE(byte);
	return NULL;
}

static void cancel_system_call(void *(*function)(void *), int *ends)
{
	pthread_t thread;
	void *value = NULL;

	pthread_create(&thread, NULL, function, ends);
	CHECK_ERROR(pthread_cancel(thread));
	sem_post(&started);
	CHECK_ERROR(pthread_join(thread, &value));
	CHECK_VALUE(value == PTHREAD_CANCELED);
}

static void system_calls(void)
{
	struct pollfd ready = {.events = POLLIN};
	int ends[2];

	CHECK_ERRNO(pipe(ends));
	cancel_system_call(write_cancelled, ends);
	ready.fd = ends[0];
	CHECK_VALUE(poll(&ready, 1, 0));
	cancel_system_call(read_cancelled, ends);
	cancel_system_call(poll_cancelled, ends);
	cancel_system_call(read_and_write, ends);
	close(ends[0]);
	close(ends[1]);
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
	system_calls();
	return 0;
}
