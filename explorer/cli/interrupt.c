/*
 * Signals that are no reason to lose results.
 */
#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

#include "pool/pool.h"

static void stop(int number)
{
	(void)number;
	pool_interrupted = 1;
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
	sigaction(SIGPIPE, &never, NULL);
	sigaction(SIGXFSZ, &never, NULL);
}
