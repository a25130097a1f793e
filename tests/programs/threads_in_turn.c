/*
 * A thousand threads, one after the other: their stacks are used again.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=1000
 * Executions: 1
 */
#include <pthread.h>

static int x;

static void *work(void *unused)
{
	x++;
	return unused;
}

int main(void)
{
	pthread_t thread;

	for (int i = 0; i < 1000; i++) {
		pthread_create(&thread, NULL, work, NULL);
		pthread_join(thread, NULL);
	}
	return 0;
}
