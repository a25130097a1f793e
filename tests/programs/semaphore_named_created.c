/*
 * Who creates it first says how much there is: one has two permits in mind, the
 * other none. And with O_EXCL one of the two gets nothing.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Outcome: deadlock
 * Finding: deadlock message=waits for semaphore /permits
 */
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>

static void *create(void *unused)
{
	sem_open("/permits", O_CREAT, 0600, 2);
	return unused;
}

int main(void)
{
	sem_t *permits;
	pthread_t thread;

	pthread_create(&thread, NULL, create, NULL);
	permits = sem_open("/permits", O_CREAT | O_EXCL, 0600, 0);
	if (permits == SEM_FAILED)
		permits = sem_open("/permits", 0);
	else if (sem_trywait(permits) == 0)
		return 2;
	pthread_join(thread, NULL);
	if (sem_open("/permits", 0) != permits)
		return 3;
	sem_unlink("/permits");
	permits = sem_open("/permits", 0) == SEM_FAILED ? permits : NULL;
	sem_wait(permits);
	return sem_trywait(permits) != 0;
}
