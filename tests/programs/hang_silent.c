/*
 * A thread that never returns and never touches memory is stopped by a timer.
 *
 * Verdict: incomplete
 * Incomplete: hang
 * Outcome: hang
 */
#include <pthread.h>

static void *spin(void *unused)
{
	for (;;)
		;
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, spin, NULL);
	pthread_join(thread, NULL);
	return 0;
}
