/*
 * Two threads exit at once, while a handler is still to run. Each runs those
 * that the other has not begun, and whoever has none left ends the process. C
 * leaves this open; it is what the C library does, and no crash.
 *
 * Verdict: verified
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
	puts("worker");
	exit(3);
	return unused;
}

int main(void)
{
	pthread_t thread;

	atexit(handler);
	pthread_create(&thread, NULL, work, NULL);
	puts("main");
	return 0;
}
