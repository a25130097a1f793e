/*
 * Objects that are used after they were destroyed.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse at=mutex message=uses lock m after it was
 * Finding: misuse at=rwlock message=uses rwlock l after it was
 * Finding: misuse at=spin message=uses spin lock p after it was
 * Finding: misuse at=semaphore message=uses semaphore s after it was
 * Finding: misuse at=barrier message=uses barrier b after it was
 */
#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t m;
static pthread_rwlock_t l;
static pthread_spinlock_t p;
static sem_t s;
static pthread_barrier_t b;

int main(void)
{
	pthread_mutex_init(&m, NULL);
	pthread_rwlock_init(&l, NULL);
	pthread_spin_init(&p, PTHREAD_PROCESS_PRIVATE);
	sem_init(&s, 0, 1);
	pthread_barrier_init(&b, NULL, 1);
	pthread_mutex_destroy(&m);
	pthread_rwlock_destroy(&l);
	pthread_spin_destroy(&p);
	sem_destroy(&s);
	pthread_barrier_destroy(&b);
	pthread_mutex_lock(&m);	   /* mutex */
	pthread_rwlock_rdlock(&l); /* rwlock */
	pthread_spin_trylock(&p);  /* spin */
	sem_wait(&s);		   /* semaphore */
	pthread_barrier_wait(&b);  /* barrier */
	return 0;
}
