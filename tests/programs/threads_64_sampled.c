/*
 * Sixty-four threads that meet, in a few of the many orders.
 *
 * Command: sample --runs 50 --seed 3
 * Watch: x
 * Verdict: none-found
 * Outcome: exit 0 x=64
 * Executions: 50
 */
#include <pthread.h>

#define THREADS 64

static int x;

static void *work(void *unused)
{
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t thread[THREADS];

	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, work, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	return 0;
}
