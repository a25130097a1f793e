/*
 * A thread gives back the lock of another.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse in=body at=here message=T1 unlocks lock m, which it does not
 *     hold
 */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *body(void *unused)
{
	pthread_mutex_unlock(&m); /* here */
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_mutex_lock(&m);
	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL);
	return 0;
}
