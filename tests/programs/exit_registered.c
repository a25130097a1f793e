/*
 * A thread registers handlers while main returns: none, the first, or both are
 * run; the second may come while the first is taken.
 *
 * Verdict: verified
 * Outcome: exit 0 ""
 * Outcome: exit 0 "1"
 * Outcome: exit 0 "12"
 * Outcome: exit 0 "21"
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void first(void)
{
	printf("1");
}

static void second(void)
{
	printf("2");
}

static void *prepare(void *unused)
{
	atexit(first);
	atexit(second);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, prepare, NULL);
	return 0;
}
