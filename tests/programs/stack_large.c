/*
 * Deep recursion that fits the stack of a thread: a megabyte of frames.
 *
 * Watch: sum
 * Verdict: verified
 * Outcome: exit 0 sum=900
 */
#include <pthread.h>

static volatile int sum;

static int descend(int level)
{
	volatile char frame[1024];

	frame[0] = 1;
	if (level == 0)
		return 0;
	return descend(level - 1) + frame[0];
}

static void *fall(void *unused)
{
	sum = descend(900);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, fall, NULL);
	pthread_join(thread, NULL);
	return 0;
}
