/*
 * A thread exits while main returns, and there is a handler. Who begins to exit
 * first takes it; the other one finds none left and ends the process, perhaps
 * before the handler has come to anything.
 *
 * Verdict: verified
 * Outcome: exit 0 ""
 * Outcome: exit 0 "handler\n"
 * Outcome: exit 3 ""
 * Outcome: exit 3 "handler\n"
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void handler(void)
{
	puts("handler");
}

static void *work(void *unused)
{
	exit(3);
	return unused;
}

int main(void)
{
	pthread_t thread;

	atexit(handler);
	pthread_create(&thread, NULL, work, NULL);
	return 0;
}
