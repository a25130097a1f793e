/*
 * One order ends the process with a signal that nobody can catch; the search
 * goes on with the others.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: crash 9 x=0
 * Finding: crash
 * Executions: 2
 * Incomplete: any
 */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static int x;

static void *one(void *unused)
{
	__atomic_store_n(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

static void *two(void *unused)
{
	if (__atomic_load_n(&x, __ATOMIC_SEQ_CST) == 0)
		kill(getpid(), SIGKILL);
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
