/*
 * pthread_join() writes what the thread returned; whoever reads it comes later.
 *
 * Verdict: verified
 * Outcome: exit 0 "7"
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static void *value;

static void *returner(void *unused)
{
	(void)unused;
	return (void *)(intptr_t)7;
}

static void *reader(void *unused)
{
	(void)unused;
	return value;
}

int main(void)
{
	pthread_t thread;
	void *seen;

	pthread_create(&thread, NULL, returner, NULL);
	pthread_join(thread, &value);
	pthread_create(&thread, NULL, reader, NULL);
	pthread_join(thread, &seen);
	printf("%d", (int)(intptr_t)seen);
	return 0;
}
