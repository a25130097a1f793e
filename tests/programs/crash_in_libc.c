/*
 * A crash inside libc, on behalf of a thread.
 *
 * Verdict: findings
 * Outcome: crash 11
 * Finding: crash
 */
#include <pthread.h>
#include <stdio.h>

static const char *volatile text = (const char *)1;

static void *print(void *unused)
{
	printf("%s\n", text);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, print, NULL);
	pthread_join(thread, NULL);
	return 0;
}
