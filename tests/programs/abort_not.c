/*
 * abort() that is never reached.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <stdlib.h>

static int arrived;

static void *arrive(void *unused)
{
	if (__atomic_fetch_add(&arrived, 1, __ATOMIC_SEQ_CST) == 2)
		abort();
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, arrive, NULL);
	pthread_create(&second, NULL, arrive, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
