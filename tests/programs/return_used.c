/*
 * A thread is given the address of a local variable of a function that does not
 * wait for it.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: use-after-return in=add variable=local at=use
 *     message=local "local" of start() in add()
 */
#include <pthread.h>

static void *add(void *number)
{
	int *at = number;

	*at += 1; /* use */
	return NULL;
}

static void start(pthread_t *thread)
{
	int local = 41;

	pthread_create(thread, NULL, add, &local);
}

int main(void)
{
	pthread_t thread;

	start(&thread);
	pthread_join(thread, NULL);
	return 0;
}
