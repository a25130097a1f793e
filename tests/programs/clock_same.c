/*
 * The clock tells the same in every execution.
 *
 * Watch: x
 * Verdict: verified
 * Outcomes: 1
 * Executions: 2
 */
#include <pthread.h>
#include <stdio.h>
#include <sys/time.h>
#include <time.h>

static int x;

static void *work(void *unused)
{
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;
	struct timeval now;
	struct timespec precise;

	pthread_create(&first, NULL, work, NULL);
	pthread_create(&second, NULL, work, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	gettimeofday(&now, NULL);
	clock_gettime(CLOCK_REALTIME, &precise);
	printf("%ld %ld.%06ld %ld.%09ld\n", (long)time(NULL), now.tv_sec,
	       now.tv_usec, precise.tv_sec, precise.tv_nsec);
	return 0;
}
