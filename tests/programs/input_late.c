/*
 * Standard input is at its start in every execution, even where only few of
 * many executions read it: here those in which the second thread is done before
 * the first one looks.
 *
 * Options: --strategy dfs --stdin tests/libc_state/input.txt
 * Watch: got
 * Verdict: findings
 * Finding: any
 * Outcome: exit 0 got=0
 * Outcome: exit 0 got=102
 */
#include <pthread.h>
#include <stdio.h>

static int x;
static int y;
static int got;

static void *look(void *unused)
{
	y = 1;
	y = 2;
	y = 3;
	if (x == 4)
		got = getchar();
	return unused;
}

static void *count(void *unused)
{
	for (int i = 0; i < 4; i++)
		x++;
	return y ? unused : NULL;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, look, NULL);
	pthread_create(&second, NULL, count, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
