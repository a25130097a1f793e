/*
 * A local variable of main, whose address two threads were given.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Finding: data-race in=one,two at=here,there
 * Executions: 2
 */
#include <pthread.h>

static int x;

static void *one(void *argument)
{
	int *shared = argument;

	*shared = 1; /* here */
	return NULL;
}

static void *two(void *argument)
{
	int *shared = argument;

	*shared = 2; /* there */
	return NULL;
}

int main(void)
{
	pthread_t first;
	pthread_t second;
	int local = 0;

	pthread_create(&first, NULL, one, &local);
	pthread_create(&second, NULL, two, &local);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	x = local;
	return 0;
}
