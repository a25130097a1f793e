/*
 * A thread sends the process the signal of an abort: it is told of where that
 * was done.
 *
 * Verdict: findings
 * Outcome: abort 6
 * Finding: abort in=end_all at=here
 */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static void *end_all(void *unused)
{
	kill(getpid(), SIGABRT); /* here */
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, end_all, NULL);
	pthread_join(thread, NULL);
	return 0;
}
