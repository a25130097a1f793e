/*
 * Any number of threads may read what none of them writes.
 *
 * Watch: sum[0] sum[1]
 * Verdict: verified
 * Outcome: exit 0 sum[0]=10 sum[1]=10
 * Executions: 1
 */
#include <pthread.h>

static int x = 5;
static int sum[2];

static void *one(void *unused)
{
	sum[0] = x + x;
	return unused;
}

static void *two(void *unused)
{
	sum[1] = x + x;
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
