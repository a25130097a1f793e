/*
 * C11 threads, mutexes, conditions, thread-specific storage.
 */
#include "check.h"

#include <stdint.h>
#include <threads.h>

static mtx_t mutex;
static cnd_t condition;
static int ready;

static int answer(void *value)
{
	return (int)(intptr_t)value;
}

static int leave(void *value)
{
	thrd_exit((int)(intptr_t)value);
}

static int result_of(thrd_start_t start, intptr_t argument)
{
	thrd_t thread;
	int result = -1;

	CHECK_VALUE(thrd_create(&thread, start, (void *)argument));
	CHECK_VALUE(thrd_join(thread, &result));
	return result;
}

static void threads(void)
{
	const struct timespec short_time = {.tv_nsec = 1000};
	const struct timespec invalid = invalid_time();
	thrd_t thread;

	CHECK_VALUE(result_of(answer, 42));
	CHECK_VALUE(result_of(answer, -1));
	CHECK_VALUE(result_of(leave, 43));
	CHECK_VALUE(thrd_create(&thread, answer, NULL));
	CHECK_VALUE(thrd_equal(thread, thrd_current()) != 0);
	CHECK_VALUE(thrd_equal(thrd_current(), thrd_current()) != 0);
	CHECK_VALUE(thrd_join(thread, NULL));
	CHECK_VALUE(thrd_create(&thread, answer, NULL));
	CHECK_VALUE(thrd_detach(thread));
	CHECK_VALUE(thrd_sleep(&short_time, NULL));
	CHECK_VALUE(thrd_sleep(&invalid, NULL) < -1);
	thrd_yield();
}

static int try_it(void *unused)
{
	const int result = mtx_trylock(&mutex);

	(void)unused;
	printf("from another: %s\n", result == thrd_busy ? "busy" : "success");
	if (result == thrd_success)
		mtx_unlock(&mutex);
	return 0;
}

static void ask_another(void)
{
	thrd_t thread;

	thrd_create(&thread, try_it, NULL);
	thrd_join(thread, NULL);
}

static void mutexes(void)
{
	const struct timespec past = long_ago();
	const struct timespec invalid = invalid_time();

	CHECK_VALUE(mtx_init(&mutex, mtx_plain));
	CHECK_VALUE(mtx_lock(&mutex));
	CHECK_VALUE(mtx_trylock(&mutex) == thrd_busy);
	ask_another();
	CHECK_VALUE(mtx_unlock(&mutex));
	ask_another();
	mtx_destroy(&mutex);
	CHECK_VALUE(mtx_init(&mutex, mtx_plain | mtx_recursive));
	CHECK_VALUE(mtx_lock(&mutex));
	CHECK_VALUE(mtx_trylock(&mutex));
	CHECK_VALUE(mtx_unlock(&mutex));
	ask_another();
	CHECK_VALUE(mtx_unlock(&mutex));
	CHECK_VALUE(mtx_unlock(&mutex) == thrd_error);
	mtx_destroy(&mutex);
	CHECK_VALUE(mtx_init(&mutex, mtx_timed));
	CHECK_VALUE(mtx_timedlock(&mutex, &past));
	CHECK_VALUE(mtx_timedlock(&mutex, &past) == thrd_timedout);
	CHECK_VALUE(mtx_timedlock(&mutex, &invalid) == thrd_error);
	CHECK_VALUE(mtx_unlock(&mutex));
	mtx_destroy(&mutex);
	CHECK_VALUE(mtx_init(&mutex, 77) == thrd_error);
}

static int make_ready(void *unused)
{
	(void)unused;
	mtx_lock(&mutex);
	ready = 1;
	cnd_signal(&condition);
	mtx_unlock(&mutex);
	return 0;
}

static void conditions(void)
{
	const struct timespec past = long_ago();
	thrd_t thread;
	int result = thrd_success;

	mtx_init(&mutex, mtx_plain);
	CHECK_VALUE(cnd_init(&condition));
	CHECK_VALUE(cnd_signal(&condition));
	CHECK_VALUE(cnd_broadcast(&condition));
	mtx_lock(&mutex);
	CHECK_VALUE(cnd_timedwait(&condition, &mutex, &past) == thrd_timedout);
	thrd_create(&thread, make_ready, NULL);
	while (!ready && result == thrd_success)
		result = cnd_wait(&condition, &mutex);
	CHECK_VALUE(result);
	CHECK_VALUE(mtx_unlock(&mutex));
	thrd_join(thread, NULL);
	cnd_destroy(&condition);
}

static tss_t key;

static void say(void *value)
{
	printf("destructor: %ld\n", (long)(intptr_t)value);
}

static int set_own(void *unused)
{
	(void)unused;
	CHECK_VALUE(tss_get(key) == NULL);
	CHECK_VALUE(tss_set(key, (void *)2));
	CHECK_VALUE((intptr_t)tss_get(key));
	return 0;
}

static void storage(void)
{
	thrd_t thread;

	CHECK_VALUE(tss_create(&key, say));
	CHECK_VALUE(tss_set(key, (void *)1));
	thrd_create(&thread, set_own, NULL);
	thrd_join(thread, NULL);
	CHECK_VALUE((intptr_t)tss_get(key));
	tss_delete(key);
}

int main(void)
{
	threads();
	mutexes();
	conditions();
	storage();
	return 0;
}
