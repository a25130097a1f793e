/*
 * Who does once what is to do the same once waits for itself.
 *
 * Verdict: findings
 * Outcome: deadlock
 * Finding: deadlock
 * Blocked: main waits once control o held main
 */
#include <pthread.h>

static pthread_once_t o = PTHREAD_ONCE_INIT;

static void again(void)
{
	pthread_once(&o, again);
}

int main(void)
{
	pthread_once(&o, again);
	return 0;
}
