/*
 * Waits until somebody has the lock, by trying for it again and again. It finds
 * the lock free each time, and sleeps: whoever takes it then, and goes on only
 * once this has been seen, wakes it.
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

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sem_t seen;
static int x;
static int before;
static int way;

static void take(void)
{
	struct timespec until = {.tv_sec = 1};

	if (way == 2)
		while (pthread_mutex_timedlock(&lock, &until) != 0)
			;
	else
		pthread_mutex_lock(&lock);
}

static void *work(void *unused)
{
	take();
	sem_wait(&seen);
	x = 1;
	pthread_mutex_unlock(&lock);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	way = argc > 1 ? atoi(argv[1]) : 0;
	sem_init(&seen, 0, 0);
	pthread_create(&thread, NULL, work, NULL);
	while (pthread_mutex_trylock(&lock) == 0) {
		if (way == 1)
			before = x;
		pthread_mutex_unlock(&lock);
	}
	sem_post(&seen);
	pthread_join(thread, NULL);
	return before;
}
