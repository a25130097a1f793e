/*
 * Nobody sends the signal that a thread waits for; another one comes instead.
 *
 * Verdict: findings
 * Outcome: deadlock
 * Finding: deadlock in=main at=joins
 * Blocked: T1 waits a signal of the process at waits
 */
#include <pthread.h>
#include <signal.h>

static sigset_t set;

static void *handle(void *unused)
{
	int number;

	sigwait(&set, &number); /* waits */
	return unused;
}

int main(void)
{
	pthread_t handler;
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	pthread_create(&handler, NULL, handle, NULL);
	pthread_kill(handler, SIGUSR2);
	pthread_join(handler, NULL); /* joins */
	return 0;
}
