/*
 * Frames so large that each could jump over a small guard.
 *
 * Verdict: findings
 * Outcome: stack-overflow
 * Finding: stack-overflow in=descend
 */
#include <pthread.h>

static volatile int depth;

static int descend(int level)
{
	volatile char frame[200 << 10];

	frame[0] = (char)level;
	if (depth < 0)
		return 0;
	return descend(level + 1) + frame[0];
}

static void *fall(void *unused)
{
	depth = descend(0);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, fall, NULL);
	pthread_join(thread, NULL);
	return 0;
}
