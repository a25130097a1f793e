/*
 * A thread is cancelled while it waits for a signal: its handlers run, others
 * can still send and wait.
 *
 * Watch: cleaned
 * Verdict: verified
 * Outcome: exit 0 cleaned=10
 */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static sigset_t set;
static int cleaned;

static void clean(void *unused)
{
	kill(getpid(), SIGUSR1);
	sigwait(&set, &cleaned);
	(void)unused;
}

static void *handle(void *unused)
{
	int number;

	pthread_cleanup_push(clean, NULL);
	for (;;)
		sigwait(&set, &number);
	pthread_cleanup_pop(0);
	return unused;
}

int main(void)
{
	pthread_t handler;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	pthread_create(&handler, NULL, handle, NULL);
	pthread_cancel(handler);
	pthread_join(handler, NULL);
	return 0;
}
