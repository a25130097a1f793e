/*
 * One thread closes a semaphore that both use, and that was opened once.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse message=uses semaphore /shared after it was destroyed
 */
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>

static sem_t *shared;

static void *post(void *unused)
{
	sem_post(shared);
	return unused;
}

int main(void)
{
	pthread_t thread;

	shared = sem_open("/shared", O_CREAT, 0600, 0);
	pthread_create(&thread, NULL, post, NULL);
	sem_close(shared);
	pthread_join(thread, NULL);
	sem_unlink("/shared");
	return 0;
}
