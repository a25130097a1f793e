/*
 * A join with a deadline is given the thread, or runs out before it ends; once
 * for each thread, unless --timeouts says otherwise.
 *
 * Watch: first value
 * Verdict: verified
 * Outcome: exit 0 first=0 value=5
 * Outcome: exit 0 first=110 value=5
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <time.h>

static int first;
static int value;

static void *work(void *unused)
{
	value = 5;
	return unused;
}

int main(void)
{
	pthread_t thread;
	struct timespec soon;

	clock_gettime(CLOCK_REALTIME, &soon);
	soon.tv_sec++;
	pthread_create(&thread, NULL, work, NULL);
	first = pthread_timedjoin_np(thread, NULL, &soon);
	if (first != 0)
		pthread_join(thread, NULL);
	return 0;
}
