/*
 * Objects that are initialised a second time.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse at=mutex message=initialises lock m, which
 * Finding: misuse at=rwlock message=initialises rwlock l, which
 * Finding: misuse at=semaphore message=initialises semaphore s, which
 * Finding: misuse at=barrier message=initialises barrier b, which
 * Finding: misuse at=spin message=initialises spin lock p, which
 * Finding: misuse at=local message=initialises lock local "own" of on_stack()
 * Finding: misuse at=local_spin message=initialises spin lock local "spin" of
 */
#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t m;
static pthread_rwlock_t l;
static sem_t s;
static pthread_barrier_t b;
static pthread_spinlock_t p;

static void on_stack(void)
{
	pthread_mutex_t own;
	pthread_spinlock_t spin;

	pthread_mutex_init(&own, NULL);
	pthread_mutex_init(&own, NULL); /* local */
	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE); /* local_spin */
}

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
	pthread_spin_init(&p, PTHREAD_PROCESS_PRIVATE);
	pthread_spin_init(&p, PTHREAD_PROCESS_PRIVATE); /* spin */
	on_stack();
	return 0;
}
