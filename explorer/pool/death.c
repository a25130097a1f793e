/*
 * How a process that has died counts as an outcome.
 */
#include "pool/death.h"

#include <stdlib.h>
#include <sys/wait.h>

#include "base/text.h"
#include "pool/naming.h"

static char *killed_sentence(int number)
{
	char *signal = name_of_signal(number);
	char *sentence = text_format("%s killed the process", signal);

	free(signal);
	return sentence;
}

struct outcome death_outcome(const struct listener *listener)
{
	int status = listener->child->wait_status;
	struct outcome outcome = {.count = 1, .has_status = true};

	if (listener->killed_for_hang) {
		outcome.end = END_HANG;
		outcome.has_status = false;
	} else if (listener->was_cut_off) {
		outcome.end = END_CRASH;
		outcome.has_status = false;
		outcome.message = string_copy(
			"the program closed descriptors that it had not "
			"opened, and with them the connection to explorer");
	} else if (WIFSIGNALED(status)) {
		outcome.end = END_CRASH;
		outcome.status = WTERMSIG(status);
		outcome.message = killed_sentence(outcome.status);
	} else {
		outcome.end = END_EXIT;
		outcome.status = WEXITSTATUS(status);
		outcome.message =
			text_format("the process ended with status %d without "
				    "calling exit()",
				    outcome.status);
	}
	return outcome;
}
