/*
 * A wake-up that is not lost: the lock is held from the look at the flag until
 * the wait has begun, which lets go of it, and the worker sets the flag with
 * the lock held. It looks again after each wake-up, since one may come without
 * reason.
 *
 * Watch: done
 * Verdict: verified
 * Outcome: exit 0 done=true "done\n"
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

bool done;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t finished = PTHREAD_COND_INITIALIZER;

static void *wait_for_work(void *unused)
{
	pthread_mutex_lock(&lock);
	while (!done)
		pthread_cond_wait(&finished, &lock);
	pthread_mutex_unlock(&lock);
	return unused;
}

static void *work(void *unused)
{
	pthread_mutex_lock(&lock);
	done = true;
	pthread_cond_signal(&finished);
	pthread_mutex_unlock(&lock);
	return unused;
}

int main(void)
{
	pthread_t waiter;
	pthread_t worker;

	pthread_create(&waiter, NULL, wait_for_work, NULL);
	pthread_create(&worker, NULL, work, NULL);
	pthread_join(waiter, NULL);
	pthread_join(worker, NULL);
	printf("done\n");
	return 0;
}
