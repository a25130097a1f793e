/*
 * Two threads write the same element of an array.
 *
 * Watch: table[5]
 * Verdict: findings
 * Outcome: exit 0 table[5]=1
 * Outcome: exit 0 table[5]=2
 * Finding: data-race variable=table[5] in=one,two at=here,there
 * Executions: 2
 */
#include <pthread.h>

static int table[8];

static void *one(void *unused)
{
	table[5] = 1; /* here */
	return unused;
}

static void *two(void *unused)
{
	table[5] = 2; /* there */
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
