/*
 * A wait for a post that comes only if the other thread was first.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=2
 * Outcome: deadlock x=2
 * Finding: deadlock
 * Blocked: T2 waits s at here
 */
#include <pthread.h>
#include <semaphore.h>

static sem_t s;
static int x;

static void *poster(void *unused)
{
	if (__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST) == 0)
		sem_post(&s);
	return unused;
}

static void *waiter(void *unused)
{
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	sem_wait(&s); /* here */
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	sem_init(&s, 0, 0);
	pthread_create(&first, NULL, poster, NULL);
	pthread_create(&second, NULL, waiter, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
