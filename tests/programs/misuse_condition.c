/*
 * Conditions that are used after their end, initialised twice, destroyed while
 * somebody waits: destroying then lasts until he was woken.
 *
 * Verdict: findings
 * Outcome: deadlock
 * Finding: misuse at=again message=which is initialised already
 * Finding: misuse at=after message=main uses condition variable used after it
 *     was destroyed
 * Finding: misuse at=early message=main destroys condition variable ready while
 *     it is waited
 * Finding: deadlock
 */
#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static pthread_cond_t used;
static sem_t waits;

static void *waiter(void *unused)
{
	pthread_mutex_lock(&mutex);
	sem_post(&waits);
	pthread_cond_wait(&ready, &mutex);
	pthread_mutex_unlock(&mutex);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_cond_init(&used, NULL);
	pthread_cond_init(&used, NULL); /* again */
	pthread_cond_destroy(&used);
	pthread_cond_signal(&used); /* after */
	sem_init(&waits, 0, 0);
	pthread_create(&thread, NULL, waiter, NULL);
	sem_wait(&waits);
	pthread_mutex_lock(&mutex);
	pthread_cond_destroy(&ready); /* early */
	pthread_mutex_unlock(&mutex);
	pthread_join(thread, NULL);
	return 0;
}
