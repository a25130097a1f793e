/*
 * errx() speaks, runs the handlers and ends the process; perror() comes
 * anywhere in between. Each message is one operation.
 *
 * Verdict: verified
 * Outcome: exit 3 "name: over\nhandler\n"
 * Outcome: exit 3 "main: No such file or directory\nname: over\nhandler\n"
 * Outcome: exit 3 "name: over\nmain: No such file or directory\nhandler\n"
 * Outcome: exit 3 "name: over\nhandler\nmain: No such file or directory\n"
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void handle(void)
{
	fputs("handler\n", stderr);
}

static void *leave(void *unused)
{
	errx(3, "%s", "over");
	return unused;
}

int main(void)
{
	pthread_t thread;

	program_invocation_short_name = "name";
	atexit(handle);
	pthread_create(&thread, NULL, leave, NULL);
	errno = ENOENT;
	perror("main");
	pthread_join(thread, NULL);
	return 0;
}
