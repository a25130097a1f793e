/*
 * C11's mutexes, also recursive, and condition variables.
 *
 * Watch: x taken
 * Verdict: verified
 * Outcome: exit 0 taken=1 x=3
 */
#include <pthread.h>
#include <stdlib.h>
#include <threads.h>

static mtx_t mutex;
static mtx_t again;
static cnd_t ready;
static cnd_t never;
static const struct timespec past = {1, 0};
static int x;
static int taken;

static void *taker(void *unused)
{
	mtx_lock(&mutex);
	while (x < 3)
		cnd_wait(&ready, &mutex);
	taken++;
	mtx_unlock(&mutex);
	return unused;
}

static void check(int holds)
{
	if (!holds)
		abort();
}

int main(void)
{
	pthread_t thread;

	check(mtx_init(&mutex, mtx_plain) == thrd_success);
	check(mtx_init(&again, mtx_plain | mtx_recursive) == thrd_success);
	check(cnd_init(&ready) == thrd_success);
	pthread_create(&thread, NULL, taker, NULL);
	check(mtx_lock(&again) == thrd_success);
	check(mtx_trylock(&again) == thrd_success);
	mtx_lock(&mutex);
	check(mtx_trylock(&mutex) == thrd_busy);
	check(mtx_timedlock(&mutex, &past) == thrd_timedout);
	check(cnd_timedwait(&never, &mutex, &past) == thrd_timedout);
	x = 3;
	check(cnd_signal(&ready) == thrd_success);
	check(mtx_unlock(&mutex) == thrd_success);
	mtx_unlock(&again);
	mtx_unlock(&again);
	check(cnd_broadcast(&ready) == thrd_success);
	pthread_join(thread, NULL);
	cnd_destroy(&ready);
	mtx_destroy(&mutex);
	mtx_destroy(&again);
	return 0;
}
