/*
 * Two threads write the same field of a struct.
 *
 * Watch: pair.right
 * Verdict: findings
 * Outcome: exit 0 pair.right=1
 * Outcome: exit 0 pair.right=2
 * Finding: data-race variable=pair.right in=one,two at=here,there
 * Executions: 2
 */
#include <pthread.h>

static struct {
	int left;
	int right;
} pair;

static void *one(void *unused)
{
	pair.right = 1; /* here */
	return unused;
}

static void *two(void *unused)
{
	pair.right = 2; /* there */
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
