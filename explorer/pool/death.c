/*
 * What is said of a process that has died (see death.h).
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

bool death_is_recorded(const struct shared *shared)
{
	uint32_t length = shared->length;

	if (shared->phase > PHASE_FOLLOW || length > SHARED_CHOICES)
		return false;
	for (uint32_t i = 0; i < length; i++)
		if (shared->schedule[i].thread >= SHARED_THREADS)
			return false;
	return true;
}

struct fatal death_fatal(const struct shared *shared,
			 const struct outcome *outcome)
{
	uint32_t length = death_is_recorded(shared) ? shared->length : 0;
	struct fatal fatal = {.end = outcome->end, .status = outcome->status};

	for (uint32_t i = 0; i < length; i++)
		schedule_add(&fatal.schedule, shared->schedule[i]);
	return fatal;
}

void death_locate(struct finding *finding, const struct trace *trace)
{
	const struct schedule *schedule = &trace->schedule;
	const struct step *last = NULL;
	struct source_place place;
	char *phrase;
	char *message;

	if (schedule->length == 0 || finding->place.file)
		return;
	for (size_t i = 0; i < trace->step_count; i++) {
		if (trace->steps[i].thread ==
		    schedule->at[schedule->length - 1].thread)
			last = &trace->steps[i];
	}
	if (!last || !last->file)
		return;
	place = (struct source_place){last->file, last->function, last->line};
	finding->place = source_place_copy(&place);
	phrase = place_phrase(&place);
	message = text_format("%s, after %s%s", finding->message,
			      op_name(last->op), phrase);
	free(finding->message);
	finding->message = message;
	free(phrase);
}
