/*
 * Barriers, spin locks, and functions that run once.
 */
#include "check.h"

#include <pthread.h>
#include <threads.h>

static pthread_barrier_t barrier;
static int serial;
static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;

static void *come(void *unused)
{
	const int result = pthread_barrier_wait(&barrier);

	pthread_mutex_lock(&counting);
	serial += result == PTHREAD_BARRIER_SERIAL_THREAD;
	pthread_mutex_unlock(&counting);
	return unused;
}

static void barriers(void)
{
	pthread_t thread;

	CHECK_ERROR(pthread_barrier_init(&barrier, NULL, 0));
	CHECK_ERROR(pthread_barrier_init(&barrier, NULL, 0x80000000U));
	CHECK_ERROR(pthread_barrier_init(&barrier, NULL, 1));
	CHECK_VALUE(pthread_barrier_wait(&barrier));
	CHECK_VALUE(pthread_barrier_wait(&barrier));
	CHECK_ERROR(pthread_barrier_destroy(&barrier));
	CHECK_ERROR(pthread_barrier_init(&barrier, NULL, 2));
	pthread_create(&thread, NULL, come, NULL);
	come(NULL);
	CHECK_ERROR(pthread_join(thread, NULL));
	CHECK_VALUE(serial);
	CHECK_ERROR(pthread_barrier_destroy(&barrier));
}

static pthread_spinlock_t spin;

static void *try_spin(void *unused)
{
	const int result = pthread_spin_trylock(&spin);

	printf("from another: %s\n", error_name(result));
	if (result == 0)
		pthread_spin_unlock(&spin);
	return unused;
}

static void ask_another(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, try_spin, NULL);
	pthread_join(thread, NULL);
}

static void spin_locks(void)
{
	CHECK_ERROR(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE));
	CHECK_ERROR(pthread_spin_lock(&spin));
	CHECK_ERROR(pthread_spin_trylock(&spin));
	ask_another();
	CHECK_ERROR(pthread_spin_unlock(&spin));
	ask_another();
	CHECK_ERROR(pthread_spin_trylock(&spin));
	CHECK_ERROR(pthread_spin_unlock(&spin));
	CHECK_ERROR(pthread_spin_destroy(&spin));
	CHECK_ERROR(pthread_spin_init(&spin, PTHREAD_PROCESS_SHARED));
	CHECK_ERROR(pthread_spin_destroy(&spin));
}

static int runs;

static void run(void)
{
	runs++;
}

static void *run_once(void *control)
{
	pthread_once(control, run);
	return NULL;
}

static void once(void)
{
	static pthread_once_t control = PTHREAD_ONCE_INIT;
	static pthread_once_t other = PTHREAD_ONCE_INIT;
	pthread_t thread;

	CHECK_ERROR(pthread_once(&control, run));
	CHECK_ERROR(pthread_once(&control, run));
	CHECK_VALUE(runs);
	pthread_create(&thread, NULL, run_once, &control);
	pthread_join(thread, NULL);
	CHECK_VALUE(runs);
	pthread_create(&thread, NULL, run_once, &other);
	run_once(&other);
	pthread_join(thread, NULL);
	CHECK_VALUE(runs);
}

static void once_in_c11(void)
{
	static once_flag flag = ONCE_FLAG_INIT;

	runs = 0;
	call_once(&flag, run);
	call_once(&flag, run);
	CHECK_VALUE(runs);
}

int main(void)
{
	barriers();
	spin_locks();
	once();
	once_in_c11();
	return 0;
}
