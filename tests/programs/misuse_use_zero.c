/*
 * What is all zero may be used, and be initialised for the first time.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct all {
	pthread_mutex_t mutex;
	pthread_rwlock_t rwlock;
	pthread_spinlock_t spin;
	sem_t semaphore;
};

int main(void)
{
	struct all *all = calloc(2, sizeof(*all));

	pthread_mutex_lock(&all->mutex);
	pthread_mutex_unlock(&all->mutex);
	pthread_rwlock_rdlock(&all->rwlock);
	pthread_rwlock_unlock(&all->rwlock);
	sem_post(&all->semaphore);
	all++;
	pthread_mutex_init(&all->mutex, NULL);
	pthread_rwlock_init(&all->rwlock, NULL);
	pthread_spin_init(&all->spin, PTHREAD_PROCESS_PRIVATE);
	sem_init(&all->semaphore, 0, 0);
	free(--all);
	return 0;
}
