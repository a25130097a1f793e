/*
 * A thread closes whatever is open, as daemons do. The connection to the
 * command is none of it, and the next execution begins with what this one
 * did.
 *
 * Watch: x closed
 * Options: --strategy dfs
 * Verdict: findings
 * Outcome: exit 0 closed=0 x=1 "1"
 * Outcome: exit 0 closed=3 x=2 "2"
 * Finding: data-race variable=x operations=read,write
 * Finding: data-race variable=x operations=write,write
 * Executions: 6
 * Incomplete: uncontrolled-call
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int x;
static int closed;

static void *increment(void *unused)
{
	int seen = x;

	x = seen + 1;
	if (seen == 1) {
		for (int i = 0; i < 4096; i++)
			closed += close(i) == 0 && i <= STDERR_FILENO;
		close_range(3, ~0U, 0);
		closefrom(0);
	}
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, increment, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	printf("%d", x);
	return 0;
}
