/*
 * Threads created by different threads race.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Finding: data-race variable=x in=leaf,leaf at=here,here
 * Executions: 6
 */
#include <pthread.h>

static int x;

static void *leaf(void *unused)
{
	x = x + 1; /* here */
	return unused;
}

static void *branch(void *unused)
{
	pthread_t thread;

	pthread_create(&thread, NULL, leaf, NULL);
	pthread_join(thread, NULL);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, branch, NULL);
	pthread_create(&second, NULL, branch, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
