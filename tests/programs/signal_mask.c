/*
 * Each thread has a signal mask of its own, whatever the others do: a program
 * that blocks signals in its threads is explored like any other.
 *
 * Watch: mine others
 * Verdict: verified
 * Outcome: exit 0 mine=1 others=0
 */
#include <pthread.h>
#include <signal.h>

static int mine;
static int others;

static int blocks_terminate(void)
{
	sigset_t now;

	pthread_sigmask(SIG_SETMASK, NULL, &now);
	return sigismember(&now, SIGTERM);
}

static void *blocker(void *unused)
{
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	mine = blocks_terminate();
	return unused;
}

static void *other(void *unused)
{
	others = blocks_terminate();
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, blocker, NULL);
	pthread_create(&threads[1], NULL, other, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
