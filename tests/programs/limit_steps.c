/*
 * More visible operations than allowed.
 *
 * Options: --max-steps 10 --preemptions 0
 * Watch: x
 * Verdict: incomplete
 * Incomplete: bound limit
 * Finding: none
 */
#include <pthread.h>

static int x;

static void *count(void *unused)
{
	for (int i = 0; i < 100; i++)
		__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, count, NULL);
	pthread_create(&second, NULL, count, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
