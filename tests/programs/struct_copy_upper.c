/*
 * A copy of 16 bytes is one step, also where only the upper eight are shared.
 *
 * Options: --strategy dfs
 * Watch: to.upper
 * Verdict: findings
 * Executions: 3
 * Outcome: exit 0 to.upper=0
 * Outcome: exit 0 to.upper=1
 * Outcome: exit 0 to.upper=2
 * Finding: any
 */
#include <pthread.h>
#include <stddef.h>

struct pair {
	long lower;
	long upper;
};

static struct pair from;
static struct pair to;

static void *copy(void *unused)
{
	to = from;
	return unused;
}

static void *change(void *unused)
{
	to.upper = 1;
	from.upper = 2;
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, copy, NULL);
	pthread_create(&threads[1], NULL, change, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return 0;
}
