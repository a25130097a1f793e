/*
 * Waits until somebody has the lock, with a deadline that has passed: takes it
 * at once, or goes on without. The lock is a mutex, a read-write lock, or a
 * semaphore.
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
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static sem_t semaphore;
static sem_t seen;
static int x;
static int before;
static int way;

static void take(void)
{
	if (way == 0)
		pthread_mutex_lock(&mutex);
	else if (way == 1)
		pthread_rwlock_wrlock(&rwlock);
	else
		sem_wait(&semaphore);
}

static int take_at_once(void)
{
	const struct timespec passed = {.tv_sec = 1};

	if (way == 0)
		return pthread_mutex_timedlock(&mutex, &passed);
	if (way == 1)
		return pthread_rwlock_timedrdlock(&rwlock, &passed);
	return sem_timedwait(&semaphore, &passed);
}

static void release(void)
{
	if (way == 0)
		pthread_mutex_unlock(&mutex);
	else if (way == 1)
		pthread_rwlock_unlock(&rwlock);
	else
		sem_post(&semaphore);
}

static void *work(void *unused)
{
	take();
	sem_wait(&seen);
	x = 1;
	release();
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	way = argc > 1 ? atoi(argv[1]) : 0;
	sem_init(&semaphore, 0, 1);
	sem_init(&seen, 0, 0);
	pthread_create(&thread, NULL, work, NULL);
	while (take_at_once() == 0) {
		before = x;
		release();
	}
	sem_post(&seen);
	pthread_join(thread, NULL);
	return before;
}
