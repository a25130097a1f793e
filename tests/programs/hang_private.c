/*
 * A thread that never returns and touches only memory of its own meets the
 * limit of steps.
 *
 * Options: --max-steps 10
 * Verdict: incomplete
 * Incomplete: limit
 * Outcome: limit
 */
#include <pthread.h>

static int counter;

static void *spin(void *unused)
{
	for (;;)
		counter++;
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, spin, NULL);
	pthread_join(thread, NULL);
	return 0;
}
