/*
 * A lock is taken twice by its owner. Between the two another thread tries it
 * in vain, after which it might as well have come later, when it is free.
 *
 * Watch: got
 * Verdict: verified
 * Outcome: exit 0 got=0
 * Outcome: exit 0 got=1
 * Executions: 5
 */
#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t lock;
static sem_t locked;
static sem_t seen;
static int got;

static void *try(void *unused)
{
	sem_wait(&locked);
	sem_post(&seen);
	if (pthread_mutex_trylock(&lock) == 0) {
		got = 1;
		pthread_mutex_unlock(&lock);
	}
	return unused;
}

static void *take_twice(void *unused)
{
	pthread_mutex_lock(&lock);
	sem_post(&locked);
	sem_wait(&seen);
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
	pthread_mutex_unlock(&lock);
	return unused;
}

int main(void)
{
	pthread_mutexattr_t attributes;
	pthread_t first;
	pthread_t second;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&lock, &attributes);
	sem_init(&locked, 0, 0);
	sem_init(&seen, 0, 0);
	pthread_create(&first, NULL, try, NULL);
	pthread_create(&second, NULL, take_twice, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
