/*
 * A thread that may be cancelled at any time waits for a lock, whose owner
 * cancels it and waits for its end. It never has the lock. One that can only be
 * cancelled where it says so would wait for ever.
 *
 * Case: 1
 * Verdict: verified
 * Outcome: exit 1
 * Case: 0
 * Verdict: findings
 * Outcome: exit 1
 * Outcome: deadlock
 * Finding: deadlock
 * Blocked: T1 waits m held main
 */
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int at_any_time;

static void *work(void *unused)
{
	int old;

	if (at_any_time)
		pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old);
	pthread_testcancel();
	pthread_mutex_lock(&m);
	pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &old);
	pthread_mutex_unlock(&m);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;
	void *value;

	at_any_time = argc < 2 || atoi(argv[1]);
	pthread_mutex_lock(&m);
	pthread_create(&thread, NULL, work, NULL);
	pthread_cancel(thread);
	pthread_join(thread, &value);
	pthread_mutex_unlock(&m);
	return value == PTHREAD_CANCELED;
}
