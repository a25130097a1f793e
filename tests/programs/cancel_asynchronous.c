/*
 * Cancelled at any time: between any two things that others can see.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=0
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 */
#include <pthread.h>
#include <semaphore.h>

static int x;
static sem_t never;

static void *work(void *unused)
{
	int old;

	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old);
	__atomic_store_n(&x, 1, __ATOMIC_SEQ_CST);
	__atomic_store_n(&x, 2, __ATOMIC_SEQ_CST);
	sem_wait(&never);
	return unused;
}

static void *look(void *unused)
{
	__atomic_load_n(&x, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t threads[2];
	void *value;

	sem_init(&never, 0, 0);
	pthread_create(&threads[0], NULL, work, NULL);
	pthread_create(&threads[1], NULL, look, NULL);
	pthread_cancel(threads[0]);
	pthread_join(threads[0], &value);
	pthread_join(threads[1], NULL);
	return value != PTHREAD_CANCELED;
}
