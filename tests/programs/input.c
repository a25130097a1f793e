/*
 * Standard input is empty, at its start in every execution.
 *
 * Verdict: verified
 * Outcome: exit 0 "1"
 * Executions: 2
 */
#include <pthread.h>
#include <stdio.h>

static int x;

static void *work(void *unused)
{
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	printf("%d", getchar() == EOF);
	pthread_create(&first, NULL, work, NULL);
	pthread_create(&second, NULL, work, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
