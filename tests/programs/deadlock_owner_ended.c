/*
 * A thread ends with its lock held; another waits for it for ever.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Outcome: deadlock
 * Finding: deadlock message=T2 waits for lock m, held by T1, which has ended
 * Finding: misuse in=keep at=there message=T1 ends while it holds lock m
 * Blocked: T2 waits m at here
 */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *keep(void *unused)
{
	pthread_mutex_lock(&m); /* there */
	return unused;
}

static void *want(void *unused)
{
	pthread_mutex_lock(&m); /* here */
	pthread_mutex_unlock(&m);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, keep, NULL);
	pthread_create(&second, NULL, want, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
