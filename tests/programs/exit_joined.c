/*
 * Handlers are registered by several threads, but nobody exits beside another,
 * nor while others register: there is but one way to end.
 *
 * Verdict: verified
 * Outcome: exit 3 "second first "
 * Executions: 1
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void first(void)
{
	printf("first ");
}

static void second(int status, void *unused)
{
	(void)status;
	(void)unused;
	printf("second ");
}

static void *prepare(void *unused)
{
	on_exit(second, NULL);
	return unused;
}

static void *leave(void *unused)
{
	exit(3);
	return unused;
}

int main(void)
{
	pthread_t thread;

	atexit(first);
	pthread_create(&thread, NULL, prepare, NULL);
	pthread_join(thread, NULL);
	pthread_create(&thread, NULL, leave, NULL);
	pthread_join(thread, NULL);
	return 0;
}
