/*
 * A thread blocks a signal, perhaps not before it comes: then that ends the
 * process. Of who has ended it does not matter what it blocked.
 *
 * Verdict: findings
 * Case: late
 * Outcome: crash 1
 * Outcome: exit 0
 * Finding: crash in=main at=sent
 * Case: before
 * Outcome: exit 0
 * Verdict: verified
 * Case: ends
 * Outcome: crash 1
 * Outcome: exit 0
 * Finding: crash in=main at=sent
 */
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static sigset_t set;
static int ends;

static void *worker(void *unused)
{
	if (!ends)
		pthread_sigmask(SIG_BLOCK, &set, NULL);
	return unused;
}

int main(int argc, char **argv)
{
	const char *when = argc > 1 ? argv[1] : "late";
	pthread_t thread;

	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	ends = strcmp(when, "ends") == 0;
	if (strcmp(when, "before") == 0)
		pthread_sigmask(SIG_BLOCK, &set, NULL);
	pthread_create(&thread, NULL, worker, NULL);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	kill(getpid(), SIGHUP); /* sent */
	pthread_join(thread, NULL);
	return 0;
}
