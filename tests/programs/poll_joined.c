/*
 * Threads ask again and again whether another has ended: by a try, and by a
 * join whose deadline is past, which is not counted as running out. Each sleeps
 * until that one has ended.
 *
 * Verdict: verified
 * Outcome: exit 3
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>

static pthread_t worker;
static atomic_int x;

static void *work(void *unused)
{
	x++;
	x++;
	return unused;
}

static void *poll_worker(void *unused)
{
	while (pthread_tryjoin_np(worker, NULL) != 0)
		sched_yield();
	return unused;
}

int main(void)
{
	const struct timespec past = {0, 0};
	pthread_t poller;

	pthread_create(&worker, NULL, work, NULL);
	pthread_create(&poller, NULL, poll_worker, NULL);
	x++;
	while (pthread_timedjoin_np(poller, NULL, &past) != 0)
		;
	return x;
}
