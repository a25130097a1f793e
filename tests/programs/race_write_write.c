/*
 * Two threads write a global that nobody reads.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Finding: data-race variable=x operations=write,write in=one,two
 *     at=here,there
 * Executions: 2
 */
#include <pthread.h>

static int x;

static void *one(void *unused)
{
	x = 1; /* here */
	return unused;
}

static void *two(void *unused)
{
	x = 2; /* there */
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
