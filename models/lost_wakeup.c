/*
 * A wake-up that comes too early. A condition variable remembers nothing: a
 * signal wakes who waits now. The waiter looks whether the work is done, and
 * then waits; between the two the worker finishes and signals, and nobody hears
 * it. The flag is atomic, and the wait is called with the lock held, but the
 * lock is not held from the look to the wait.
 *
 * Watch: done
 * Verdict: findings
 * Outcome: exit 0 done=true "done\n"
 * Outcome: deadlock done=true
 * Finding: deadlock
 * Blocked: T1 waits finished at wait
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

atomic_bool done;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t finished = PTHREAD_COND_INITIALIZER;

static void *wait_for_work(void *unused)
{
	if (!done) {
		pthread_mutex_lock(&lock);
		pthread_cond_wait(&finished, &lock); /* wait */
		pthread_mutex_unlock(&lock);
	}
	return unused;
}

static void *work(void *unused)
{
	done = true;
	pthread_cond_signal(&finished);
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
