/*
 * A wait for a signal runs out, or the signal comes first. Two threads wait
 * for one signal: one of them gets it.
 *
 * Watch: got
 * Verdict: verified
 * Outcome: exit 0 got=0
 * Outcome: exit 0 got=1
 */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

static sigset_t set;
static atomic_int got;

static void *handle(void *unused)
{
	const struct timespec soon = {.tv_sec = 1};

	if (sigtimedwait(&set, NULL, &soon) == SIGUSR1)
		got++;
	return unused;
}

int main(void)
{
	pthread_t handlers[2];

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	for (int i = 0; i < 2; i++)
		pthread_create(&handlers[i], NULL, handle, NULL);
	kill(getpid(), SIGUSR1);
	for (int i = 0; i < 2; i++)
		pthread_join(handlers[i], NULL);
	return 0;
}
