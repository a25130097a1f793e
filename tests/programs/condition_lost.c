/*
 * A wake-up that is lost: the signal may come before the wait, which does not
 * look whether it has to.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: deadlock x=0
 * Finding: deadlock message=T1 waits for a signal of ready
 * Blocked: T1 waits ready at here
 */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static int x;

static void *waiter(void *unused)
{
	pthread_mutex_lock(&mutex);
	pthread_cond_wait(&ready, &mutex); /* here */
	x = 1;
	pthread_mutex_unlock(&mutex);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, waiter, NULL);
	pthread_mutex_lock(&mutex);
	pthread_cond_signal(&ready);
	pthread_mutex_unlock(&mutex);
	pthread_join(thread, NULL);
	return 0;
}
