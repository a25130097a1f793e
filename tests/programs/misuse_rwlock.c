/*
 * A read-write lock given back by those who do not have it, and destroyed while
 * it is held.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse at=free message=main unlocks rwlock l, which nobody
 * Finding: misuse in=body at=other message=T1 unlocks rwlock l, which
 * Finding: misuse at=held message=main destroys rwlock l while it is held
 */
#include <pthread.h>

static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;

static void *body(void *unused)
{
	pthread_rwlock_unlock(&l); /* other */
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_rwlock_unlock(&l); /* free */
	pthread_rwlock_wrlock(&l);
	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL);
	pthread_rwlock_destroy(&l); /* held */
	return 0;
}
