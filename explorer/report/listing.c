/*
 * What show and replay say to a person.
 */
#include "report/listing.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "report/advice.h"
#include "report/interleaving.h"
#include "report/summary.h"
#include "report/words.h"

#define OUTPUT_COLUMNS_MAX 400

static void print_note(const struct terminal *terminal,
		       const struct trace *trace)
{
	struct buffer safe = {0};

	if (!trace->note)
		return;
	words_escaped(&safe, trace->note, strlen(trace->note),
		      OUTPUT_COLUMNS_MAX);
	fprintf(terminal->file, "shows: %s\n", (char *)safe.data);
	buffer_fini(&safe);
}

static void print_heading(const struct terminal *terminal, const char *path,
			  const struct trace *trace)
{
	size_t length = trace->schedule.length;
	size_t switches = interleaving_switches(trace);
	struct buffer program = {0};

	text_add(&program, "%s", trace->program);
	words_arguments(&program, trace->arguments, trace->argument_count);
	terminal_paint(terminal, PAINT_BOLD, "%s", path);
	fprintf(terminal->file, "  %s\n", (char *)program.data);
	print_note(terminal, trace);
	fprintf(terminal->file, "%s, %s\n\n",
		words_counted(length, "step", "steps").text,
		words_counted(switches, "switch from one thread to another",
			      "switches from one thread to another")
			.text);
	buffer_fini(&program);
}

static void print_outcome(const struct terminal *terminal,
			  const struct outcome *outcome)
{
	struct buffer ending = {0};
	struct buffer safe = {0};

	words_ending(&ending, outcome);
	words_escaped(&safe, ending.data, ending.length, OUTPUT_COLUMNS_MAX);
	fputs("\noutcome: ", terminal->file);
	terminal_paint(terminal, PAINT_BOLD, "%s\n", (char *)safe.data);
	if (outcome->message)
		fprintf(terminal->file, "message: %s\n", outcome->message);
	if (outcome->output_length > 0) {
		buffer_clear(&safe);
		words_escaped(&safe, outcome->output, outcome->output_length,
			      OUTPUT_COLUMNS_MAX);
		fprintf(terminal->file, "output:  \"%s\"\n", (char *)safe.data);
	}
	buffer_fini(&ending);
	buffer_fini(&safe);
}

void listing_print(const struct terminal *terminal, const char *path,
		   const struct trace *trace, bool everything)
{
	print_heading(terminal, path, trace);
	interleaving_print(terminal, trace, everything);
	print_outcome(terminal, &trace->outcome);
	advice_print(terminal, "\nrun it again:  ", "replay", path);
}

static const char *or_nothing(const char *text)
{
	return text ? text : "nothing";
}

void listing_print_replay(const struct terminal *terminal,
			  const struct listing_replay *replay)
{
	print_heading(terminal, replay->path, replay->expected);
	interleaving_print(terminal, replay->actual, replay->everything);
	for (size_t i = 0; i < replay->result->outcome_count; i++)
		print_outcome(terminal, &replay->result->outcomes[i]);
	fputc('\n', terminal->file);
	findings_print(terminal, replay->result);
	if (replay->reproduced) {
		terminal_paint(terminal, PAINT_GREEN, "reproduced\n");
		return;
	}
	terminal_paint(terminal, PAINT_RED, "diverged at step %" PRIu64,
		       replay->step);
	fprintf(terminal->file, ": the trace says %s, this run did %s\n",
		or_nothing(replay->expected_step),
		or_nothing(replay->actual_step));
}
