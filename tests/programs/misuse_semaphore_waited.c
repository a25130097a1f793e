/*
 * A semaphore is destroyed while a thread waits for it, or before it does.
 *
 * Verdict: findings
 * Outcome: deadlock
 * Finding: deadlock
 * Finding: misuse in=main at=here message=main destroys semaphore s while it is
 *     waited for
 */
#include <pthread.h>
#include <semaphore.h>

static sem_t s;

static void *body(void *unused)
{
	sem_wait(&s);
	return unused;
}

int main(void)
{
	pthread_t thread;

	sem_init(&s, 0, 0);
	pthread_create(&thread, NULL, body, NULL);
	sem_destroy(&s); /* here */
	pthread_join(thread, NULL);
	return 0;
}
