/*
 * A named semaphore that each of two threads opens for itself is one and the
 * same, and a lock. It is gone before main asks for it again.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>

static int x;

static void *increment(void *unused)
{
	sem_t *lock = sem_open("/increment", O_CREAT, 0600, 1);

	sem_wait(lock);
	x++;
	sem_post(lock);
	sem_close(lock);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, increment, NULL);
	pthread_create(&threads[1], NULL, increment, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	if (sem_unlink("/increment") != 0)
		return 1;
	return sem_open("/increment", 0) != SEM_FAILED || errno != ENOENT;
}
