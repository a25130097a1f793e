/*
 * Objects that are initialised a second time.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse at=mutex message=initialises lock m, which
 * Finding: misuse at=rwlock message=initialises rwlock l, which
 * Finding: misuse at=semaphore message=initialises semaphore s, which
 * Finding: misuse at=barrier message=initialises barrier b, which
 */
#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t m;
static pthread_rwlock_t l;
static sem_t s;
static pthread_barrier_t b;

int main(void)
{
	pthread_mutex_init(&m, NULL);
	pthread_rwlock_init(&l, NULL);
	sem_init(&s, 0, 1);
	pthread_barrier_init(&b, NULL, 1);
	pthread_mutex_init(&m, NULL);	   /* mutex */
	pthread_rwlock_init(&l, NULL);	   /* rwlock */
	sem_init(&s, 0, 1);		   /* semaphore */
	pthread_barrier_init(&b, NULL, 1); /* barrier */
	return 0;
}
