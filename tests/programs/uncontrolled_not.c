/*
 * What does no more than ask, or ignore, needs no trust.
 *
 * Verdict: verified
 * Outcome: exit 0 "/"
 */
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	struct stat status;

	signal(SIGPIPE, SIG_IGN);
	if (stat("/", &status) == 0 && S_ISDIR(status.st_mode) &&
	    getpagesize() > 0)
		printf("/");
	return isatty(1);
}
