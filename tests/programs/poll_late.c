/*
 * Polling with deadlines that are past: who asks so does not wait, but sleeps
 * until there is something to be had.
 *
 * Case: 0
 * Verdict: verified
 * Outcome: exit 0
 * Case: 1
 * Verdict: verified
 * Outcome: exit 0
 * Case: 2
 * Verdict: verified
 * Outcome: exit 0
 * Case: 3
 * Verdict: findings
 * Outcome: livelock
 * Finding: livelock
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static sem_t semaphore;
static int way;

static void *give(void *unused)
{
	if (way == 0)
		sem_post(&semaphore);
	pthread_mutex_lock(&mutex);
	pthread_rwlock_wrlock(&lock);
	pthread_rwlock_unlock(&lock);
	pthread_mutex_unlock(&mutex);
	return unused;
}

int main(int argc, char **argv)
{
	const struct timespec past = {0, 0};
	pthread_t thread;

	way = argc > 1 ? atoi(argv[1]) : 0;
	sem_init(&semaphore, 0, 0);
	pthread_create(&thread, NULL, give, NULL);
	if (way == 0 || way == 3)
		while (sem_timedwait(&semaphore, &past) != 0)
			;
	if (way == 1) {
		while (pthread_mutex_timedlock(&mutex, &past) != 0)
			;
		pthread_mutex_unlock(&mutex);
	}
	if (way == 2) {
		while (pthread_rwlock_timedrdlock(&lock, &past) != 0)
			;
		pthread_rwlock_unlock(&lock);
	}
	pthread_join(thread, NULL);
	return 0;
}
