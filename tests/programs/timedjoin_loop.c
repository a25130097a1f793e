/*
 * A loop that waits again each time its join runs out: the second time is
 * withheld, which is said.
 *
 * Watch: times
 * Verdict: incomplete
 * Incomplete: time-outs
 * Outcome: exit 0 times=0
 * Outcome: exit 0 times=1
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <time.h>

static int times;

static void *work(void *unused)
{
	return unused;
}

int main(void)
{
	struct timespec until = {2000000000, 0};
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	while (pthread_clockjoin_np(thread, NULL, CLOCK_MONOTONIC, &until) ==
	       ETIMEDOUT) {
		until.tv_sec++;
		times++;
	}
	return 0;
}
