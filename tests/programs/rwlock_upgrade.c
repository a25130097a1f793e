/*
 * Two readers that both want to write wait for each other, and each for itself.
 *
 * Verdict: findings
 * Finding: deadlock at=here message=T1 waits for rwlock l, held by T2,
 * Finding: deadlock at=here message=waits for rwlock l, which it holds itself
 * Outcome: deadlock
 */
#include <pthread.h>

static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;

static void *body(void *unused)
{
	pthread_rwlock_rdlock(&l);
	pthread_rwlock_wrlock(&l); /* here */
	pthread_rwlock_unlock(&l);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, body, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
