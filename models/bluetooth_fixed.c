/*
 * A driver that is stopped while it is used. Whoever uses it is counted in
 * first, and then looks whether it is being stopped: a count of zero then means
 * that nobody is in, and that whoever comes later will see the flag.
 *
 * Watch: served
 * Verdict: verified
 * Outcome: exit 0 served=0 "stopped, served 0\n"
 * Outcome: exit 0 served=1 "stopped, served 1\n"
 */
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

atomic_int served;
static atomic_int users = 1; /* the driver itself */
static atomic_bool stopping;
static atomic_bool stopped;
static sem_t nobody_left;

static void leave(void)
{
	if (atomic_fetch_sub(&users, 1) == 1)
		sem_post(&nobody_left);
}

static bool enter(void)
{
	atomic_fetch_add(&users, 1);
	if (!stopping)
		return true;
	leave();
	return false;
}

static void *use(void *unused)
{
	if (!enter())
		return unused;
	assert(!stopped);
	atomic_fetch_add(&served, 1);
	leave();
	return unused;
}

static void *stop(void *unused)
{
	stopping = true;
	leave();
	sem_wait(&nobody_left);
	stopped = true;
	return unused;
}

int main(void)
{
	pthread_t user;
	pthread_t stopper;

	sem_init(&nobody_left, 0, 0);
	pthread_create(&user, NULL, use, NULL);
	pthread_create(&stopper, NULL, stop, NULL);
	pthread_join(user, NULL);
	pthread_join(stopper, NULL);
	printf("stopped, served %d\n", served);
	return 0;
}
