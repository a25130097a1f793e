/*
 * Three threads, three locks, each held by one and wanted by the next.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Outcome: deadlock
 * Finding: deadlock
 * Blocked: T1 waits b held T2 at here
 * Blocked: T2 waits c held T3 at here
 * Blocked: T3 waits a held T1 at here
 */
#include <pthread.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void both(pthread_mutex_t *left, pthread_mutex_t *right)
{
	pthread_mutex_lock(left);
	pthread_mutex_lock(right); /* here */
	pthread_mutex_unlock(right);
	pthread_mutex_unlock(left);
}

static void *one(void *unused)
{
	both(&a, &b);
	return unused;
}

static void *two(void *unused)
{
	both(&b, &c);
	return unused;
}

static void *three(void *unused)
{
	both(&c, &a);
	return unused;
}

int main(void)
{
	pthread_t thread[3];

	pthread_create(&thread[0], NULL, one, NULL);
	pthread_create(&thread[1], NULL, two, NULL);
	pthread_create(&thread[2], NULL, three, NULL);
	for (int i = 0; i < 3; i++)
		pthread_join(thread[i], NULL);
	return 0;
}
