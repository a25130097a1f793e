/*
 * Signals that are no reason to lose results.
 */
#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

#include "cli/command.h"
#include "pool/pool.h"

static void stop(int number)
{
	pool_interrupted = number;
}

static void pass_over(int number)
{
	(void)number;
}

void interrupt_catch(void)
{
	struct sigaction once = {.sa_handler = stop,
				 .sa_flags = (int)SA_RESETHAND};
	/* Ignored signals stay ignored in the programs that are started;
	 * caught ones do not. */
	struct sigaction never = {.sa_handler = pass_over};

	sigaction(SIGINT, &once, NULL);
	sigaction(SIGTERM, &once, NULL);
	sigaction(SIGPIPE, &never, NULL);
	sigaction(SIGXFSZ, &never, NULL);
}

int interrupt_status(int status)
{
	return status == STATUS_INTERRUPTED && pool_interrupted
		       ? 128 + pool_interrupted
		       : status;
}
