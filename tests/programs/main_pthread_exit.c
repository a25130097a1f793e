/*
 * main ends alone; the process ends, with status 0, when its last thread has.
 *
 * Verdict: verified
 * Outcome: exit 0 "still here\n"
 */
#include <pthread.h>
#include <stdio.h>

static void *work(void *unused)
{
	printf("still here\n");
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	pthread_exit(NULL);
}
