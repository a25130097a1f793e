/*
 * Two threads write x, but the first has been joined before the second is
 * created.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=5
 * Executions: 1
 */
#include <pthread.h>

static int x;

static void *increment(void *unused)
{
	x += 1;
	return unused;
}

int main(void)
{
	pthread_t thread;

	x = 1;
	pthread_create(&thread, NULL, increment, NULL);
	pthread_join(thread, NULL);
	x += 1;
	pthread_create(&thread, NULL, increment, NULL);
	pthread_join(thread, NULL);
	x += 1;
	return 0;
}
