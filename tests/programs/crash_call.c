/*
 * A call of a function pointer that is null.
 *
 * Verdict: findings
 * Outcome: crash 11
 * Finding: crash
 */
#include <pthread.h>

static void (*volatile callback)(void);

static void *call(void *unused)
{
	callback();
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, call, NULL);
	pthread_join(thread, NULL);
	return 0;
}
