/*
 * A semaphore that is a local variable of a function which does not wait until
 * it is posted: what is done to an object is a use of the memory it lies in.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: use-after-return in=post at=use variable=local
 */
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static void *post(void *semaphore)
{
	sem_post(semaphore); /* use */
	return NULL;
}

static void start(pthread_t *thread)
{
	sem_t local;

	sem_init(&local, 0, 0);
	pthread_create(thread, NULL, post, &local);
}

int main(void)
{
	pthread_t thread;

	start(&thread);
	pthread_join(thread, NULL);
	return 0;
}
