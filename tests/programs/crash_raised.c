/*
 * A thread sends itself the signal of a crash: that has a place, and no
 * address.
 *
 * Verdict: findings
 * Case: raise
 * Outcome: crash 11
 * Finding: crash in=raise_here at=raised message=SIGSEGV in raise_here()
 * Case: thread
 * Outcome: crash 7
 * Finding: crash in=kill_here at=killed message=SIGBUS in kill_here()
 */
#include <pthread.h>
#include <signal.h>

static void *raise_here(void *unused)
{
	raise(SIGSEGV); /* raised */
	return unused;
}

static void *kill_here(void *unused)
{
	pthread_kill(pthread_self(), SIGBUS); /* killed */
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	pthread_create(&thread, NULL,
		       argc > 1 && argv[1][0] == 't' ? kill_here : raise_here,
		       NULL);
	pthread_join(thread, NULL);
	return 0;
}
