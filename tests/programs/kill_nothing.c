/*
 * Signal 0 asks whether a thread is there. One that can still be joined is; a
 * detached one until it ends, which may be before or after.
 *
 * Watch: there
 * Verdict: verified
 * Outcome: exit 0 there=0
 * Outcome: exit 0 there=3
 */
#include <pthread.h>
#include <signal.h>

static int there;

static void *work(void *unused)
{
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	if (pthread_kill(thread, 0) != 0)
		there = 1;
	pthread_detach(thread);
	if (pthread_kill(thread, 0) != 0)
		there = 3;
	return 0;
}
