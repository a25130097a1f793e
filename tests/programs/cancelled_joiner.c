/*
 * Who is to be cancelled and comes to join a thread joins it if it has ended,
 * as it then need not wait; else the join is where it is cancelled. Both may
 * be, whoever asked for it, and when.
 *
 * Watch: joined
 * Verdict: verified
 * Outcome: exit 0 joined=0
 * Outcome: exit 0 joined=1
 */
#include <pthread.h>
#include <stddef.h>

static int joined;

static void *end(void *unused)
{
	return unused;
}

static void *join(void *unused)
{
	pthread_t thread;

	pthread_create(&thread, NULL, end, NULL);
	pthread_cancel(pthread_self());
	pthread_join(thread, NULL);
	joined = 1;
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, join, NULL);
	pthread_join(thread, NULL);
	pthread_exit(NULL);
}
