/*
 * A thread is given its name while it looks: it may have looked before.
 *
 * Verdict: verified
 * Outcome: exit 0 "before"
 * Outcome: exit 0 "after"
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static void *work(void *unused)
{
	char name[16];

	pthread_getname_np(pthread_self(), name, sizeof(name));
	printf("%s", name);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_setname_np(pthread_self(), "before");
	pthread_create(&thread, NULL, work, NULL);
	pthread_setname_np(thread, "after");
	pthread_join(thread, NULL);
	return 0;
}
