/*
 * Two threads wait for each other while main goes on and returns.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: deadlock
 */
#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static sem_t both_hold;
static sem_t go;

static void take(pthread_mutex_t *left, pthread_mutex_t *right)
{
	pthread_mutex_lock(left);
	sem_post(&both_hold);
	sem_wait(&go);
	pthread_mutex_lock(right);
}

static void *one(void *unused)
{
	take(&a, &b);
	return unused;
}

static void *two(void *unused)
{
	take(&b, &a);
	return unused;
}

int main(void)
{
	pthread_t thread;

	sem_init(&both_hold, 0, 0);
	sem_init(&go, 0, 0);
	pthread_create(&thread, NULL, one, NULL);
	pthread_create(&thread, NULL, two, NULL);
	sem_wait(&both_hold);
	sem_wait(&both_hold);
	sem_post(&go);
	sem_post(&go);
	return 0;
}
