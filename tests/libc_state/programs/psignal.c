/* The name of a signal, spoken at once. */
#include <signal.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s\n", when);
	fflush(stdout);
	psignal(SIGSEGV, when);
	psignal(SIGINT, NULL);
}
