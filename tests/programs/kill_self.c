/*
 * A signal that a thread sends itself is handled at once.
 *
 * Options: --trust signal
 * Watch: handled
 * Verdict: verified
 * Outcome: exit 0 handled=10
 */
#include <pthread.h>
#include <signal.h>

static int handled;

static void handle(int number)
{
	handled = number;
}

int main(void)
{
	signal(SIGUSR1, handle);
	pthread_kill(pthread_self(), SIGUSR1);
	return 0;
}
