/*
 * The process dies of what another thread has written, in the first execution
 * of all, when nobody knows yet that the threads share it: what that execution
 * has shown is kept.
 *
 * Watch: x
 * Options: --strategy dfs
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: crash 9 x=1
 * Finding: crash
 * Finding: data-race variable=x operations=read,write
 * Finding: data-race variable=x operations=write,write
 * Executions: 6
 * Incomplete: any
 */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static int x;

static void *increment(void *unused)
{
	int seen = x;

	x = seen + 1;
	if (seen == 1)
		kill(getpid(), SIGKILL);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, increment, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
