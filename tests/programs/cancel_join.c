/*
 * A thread that joins another is cancelled, or has joined it: if not, it can be
 * joined by somebody else.
 *
 * Verdict: verified
 * Outcome: exit 1
 * Outcome: exit 2
 */
#include <pthread.h>
#include <stdint.h>

static pthread_t worker;

static void *work(void *unused)
{
	(void)unused;
	return (void *)1;
}

static void *join_it(void *value)
{
	pthread_join(worker, &value);
	return value;
}

int main(void)
{
	pthread_t joiner;
	void *value;

	pthread_create(&worker, NULL, work, NULL);
	pthread_create(&joiner, NULL, join_it, NULL);
	pthread_cancel(joiner);
	pthread_join(joiner, &value);
	if (value != PTHREAD_CANCELED)
		return (int)(intptr_t)value;
	pthread_join(worker, &value);
	return 1 + (int)(intptr_t)value;
}
