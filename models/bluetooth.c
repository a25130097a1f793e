/*
 * A driver that is stopped while it is used, modelled on a Bluetooth driver in
 * which a checker found this (Qadeer and Wu, 2004). Whoever uses the driver is
 * counted in, and out again; the driver itself counts as one. To stop it, a
 * flag turns newcomers away, the driver's own one is taken off, and when the
 * count is zero, nobody is left: it is stopped.
 *
 * The user looks at the flag first and is counted after that. In between, the
 * driver may be stopped, and is then used.
 *
 * Watch: served
 * Verdict: findings
 * Outcome: exit 0 served=0 "stopped, served 0\n"
 * Outcome: exit 0 served=1 "stopped, served 1\n"
 * Outcome: assertion served=0
 * Finding: assertion in=use at=here
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
	if (stopping)
		return false;
	atomic_fetch_add(&users, 1);
	return true;
}

static void *use(void *unused)
{
	if (!enter())
		return unused;
	assert(!stopped); /* here */
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
