/*
 * abort() in the thread that comes second.
 *
 * Verdict: findings
 * Outcome: abort
 * Finding: abort in=arrive at=here
 */
#include <pthread.h>
#include <stdlib.h>

static int arrived;

static void *arrive(void *unused)
{
	if (__atomic_fetch_add(&arrived, 1, __ATOMIC_SEQ_CST) == 2)
		abort(); /* here */
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, arrive, NULL);
	pthread_create(&second, NULL, arrive, NULL);
	arrive(NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
