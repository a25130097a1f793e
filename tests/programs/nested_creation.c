/*
 * Threads that create threads, and pass on what these return.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=44
 * Executions: 1
 */
#include <pthread.h>
#include <stdint.h>

static void *leaf(void *argument)
{
	return (void *)((intptr_t)argument * 2);
}

static void *branch(void *argument)
{
	pthread_t first;
	pthread_t second;
	void *left;
	void *right;

	pthread_create(&first, NULL, leaf, argument);
	pthread_create(&second, NULL, leaf, argument);
	pthread_join(first, &left);
	pthread_join(second, &right);
	pthread_exit((void *)((intptr_t)left + (intptr_t)right));
}

static int x;

int main(void)
{
	pthread_t first;
	pthread_t second;
	void *left;
	void *right;

	pthread_create(&first, NULL, branch, (void *)1);
	pthread_create(&second, NULL, branch, (void *)10);
	pthread_join(first, &left);
	pthread_join(second, &right);
	x = (int)(intptr_t)left + (int)(intptr_t)right;
	return 0;
}
