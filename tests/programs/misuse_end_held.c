/*
 * A thread ends with locks held, one of them taken for reading.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse in=body at=mutex message=T1 ends while it holds lock m
 * Finding: misuse in=body at=rwlock message=T1 ends while it holds rwlock l
 * Finding: misuse in=body at=spin message=T1 ends while it holds spin lock p
 */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t p;

static void *body(void *unused)
{
	pthread_mutex_lock(&m);	   /* mutex */
	pthread_rwlock_rdlock(&l); /* rwlock */
	pthread_spin_lock(&p);	   /* spin */
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL);
	return 0;
}
