/*
 * A semaphore that starts at 1 works as a lock.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2
 */
#include <pthread.h>
#include <semaphore.h>

static sem_t s;
static int x;

static void *increment(void *unused)
{
	sem_wait(&s);
	x += 1;
	sem_post(&s);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	sem_init(&s, 0, 1);
	pthread_create(&first, NULL, increment, NULL);
	pthread_create(&second, NULL, increment, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	sem_destroy(&s);
	return 0;
}
