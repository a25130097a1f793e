/*
 * A thread handles the signals of all: they are blocked everywhere, and sent
 * to the process and to the thread. What was written before a signal was sent
 * is seen by who has it. The two signals are pending in either order.
 *
 * Watch: hangups
 * Verdict: verified
 * Outcome: exit 0 hangups=0
 * Outcome: exit 0 hangups=1
 */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static sigset_t set;
static int hangups;
static int message;

static void *handle(void *unused)
{
	int number = 0;

	while (number != SIGTERM) {
		sigwait(&set, &number);
		hangups += number == SIGHUP;
	}
	if (message != 1)
		_exit(1);
	return unused;
}

static void *hang_up(void *unused)
{
	kill(getpid(), SIGHUP);
	return unused;
}

int main(void)
{
	pthread_t handler;
	pthread_t other;

	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	pthread_create(&handler, NULL, handle, NULL);
	pthread_create(&other, NULL, hang_up, NULL);
	message = 1;
	pthread_kill(handler, SIGTERM);
	pthread_join(other, NULL);
	pthread_join(handler, NULL);
	return 0;
}
