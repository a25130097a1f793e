/*
 * The progress line.
 */
#include "report/progress.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diagnostic.h"
#include "base/text.h"
#include "report/terminal.h"
#include "report/words.h"

bool progress_is_possible(void)
{
	const char *type = getenv("TERM");

	return isatty(STDERR_FILENO) && type && strcmp(type, "dumb") != 0;
}

/* Of a planned number of runs, how far along is known exactly. */
static double fraction_of(const struct progress_figures *figures)
{
	if (figures->planned > 0)
		return (double)figures->executions / (double)figures->planned;
	return figures->fraction;
}

static void add_states(struct buffer *text,
		       const struct progress_figures *figures)
{
	text_add(text, "%s, %s transitions/s, %s MB, frontier %s",
		 words_counted(figures->states, "state", "states").text,
		 words_count((uint64_t)figures->transitions_per_second).text,
		 words_count(figures->memory >> 20).text,
		 words_count(figures->frontier).text);
}

static void add_executions(struct buffer *text,
			   const struct progress_figures *figures)
{
	text_add(text, "%s",
		 words_counted(figures->executions, "execution", "executions")
			 .text);
	if (figures->estimate.high > 0)
		text_add(text, " of about %s",
			 words_guess(&figures->estimate).text);
	if (figures->per_second > 0)
		text_add(text, ", %s/s",
			 words_count((uint64_t)figures->per_second).text);
}

static void add_counts(struct buffer *text,
		       const struct progress_figures *figures)
{
	if (figures->states > 0)
		add_states(text, figures);
	else
		add_executions(text, figures);
	text_add(text, ", %s",
		 words_counted(figures->outcomes, "outcome", "outcomes").text);
	if (figures->findings > 0)
		text_add(text, ", %s",
			 words_counted(figures->findings, "finding", "findings")
				 .text);
	text_add(text, ", ");
}

void progress_words(struct buffer *text, const struct progress_figures *figures)
{
	double fraction = fraction_of(figures);

	if (figures->phase)
		text_add(text, "%s  ", figures->phase);
	if (figures->executions > 0 || figures->states > 0)
		add_counts(text, figures);
	/* All of it is done when the line is gone. */
	if (fraction >= 0)
		text_add(text, "%.0f %%, ",
			 100 * (fraction > 0.99 ? 0.99 : fraction));
	text_add(text, "%s", words_seconds(figures->seconds).text);
}

static void clear(void *context)
{
	struct progress_line *line = context;

	if (!line->drawn)
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
	line->drawn = false;
}

void progress_draw(struct progress_line *line,
		   const struct progress_figures *figures)
{
	struct terminal terminal = terminal_of(stderr, COLOUR_NEVER);
	struct buffer text = {0};

	progress_words(&text, figures);
	/* A line that wraps could not be taken back. */
	fprintf(stderr, "\r\033[K%.*s", (int)terminal.width - 1,
		(char *)text.data);
	fflush(stderr);
	buffer_fini(&text);
	line->drawn = true;
	diagnostic_clear_with(clear, line);
}

void progress_clear(struct progress_line *line)
{
	clear(line);
	diagnostic_clear_with(NULL, NULL);
}
