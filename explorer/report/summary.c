/*
 * What check, sample and native say to a person.
 */
#include "report/summary.h"

#include <string.h>

#include "base/text.h"
#include "report/advice.h"
#include "report/chart.h"
#include "report/words.h"

/* --- The heading */

static void add_search(struct buffer *text, const struct result *result)
{
	uint64_t count = result->executions;

	switch (result->command) {
	case COMMAND_CHECK:
		text_add(text, "all schedules (%s): %s", result->strategy,
			 words_explored(result).text);
		if (*words_interleavings(result).text)
			text_add(text, "%s %s",
				 result->has_states ? "," : " for",
				 words_interleavings(result).text);
		break;
	case COMMAND_SAMPLE:
		text_add(text, "random schedules (%s): %s", result->strategy,
			 words_counted(count, "run", "runs").text);
		break;
	case COMMAND_NATIVE:
		text_add(text, "real threads: %s",
			 words_counted(count, "run", "runs").text);
		break;
	case COMMAND_REPLAY:
		text_add(text, "one schedule, replayed");
		break;
	}
	text_add(text, " in %s", words_seconds(result->seconds).text);
}

static void print_heading(const struct terminal *terminal,
			  const struct result *result)
{
	struct buffer name = {0};
	struct buffer search = {0};

	text_add(&name, "%s", result->program);
	words_arguments(&name, result->arguments, result->argument_count);
	add_search(&search, result);
	terminal_paint(terminal, PAINT_BOLD, "%s", (char *)name.data);
	fprintf(terminal->file, "  %s%s\n\n", (char *)search.data,
		result->optimised ? ", optimised" : ", compiled with -O0");
	buffer_fini(&name);
	buffer_fini(&search);
}

/* --- What to type next */

/* How much a finding is worth looking at: races are often many and their trace
 * shows no more than that two accesses meet. */
static unsigned finding_rank(const struct finding *finding)
{
	if (!finding->trace)
		return 0;
	return finding->kind == FINDING_DATA_RACE ? 1 : 3;
}

static const struct outcome *rarest_lost_update(const struct result *result)
{
	const struct outcome *rarest = NULL;

	for (size_t i = 0; i < result->outcome_count; i++) {
		const struct outcome *outcome = &result->outcomes[i];

		if (outcome->lost_updates == 0 || !outcome->trace)
			continue;
		if (!rarest || outcome->count < rarest->count)
			rarest = outcome;
	}
	return rarest;
}

/* What the user looked for. */
static const char *wanted_trace(const struct result *result)
{
	for (size_t i = 0; i < result->outcome_count; i++)
		if (result->outcomes[i].wanted)
			return result->outcomes[i].trace;
	return NULL;
}

static const char *any_trace(const struct result *result)
{
	for (size_t i = 0; i < result->outcome_count; i++)
		if (result->outcomes[i].trace)
			return result->outcomes[i].trace;
	return NULL;
}

const char *summary_best_trace(const struct result *result)
{
	const struct outcome *lost = rarest_lost_update(result);
	unsigned best_rank = lost ? 2 : 0;
	const char *best = lost ? lost->trace : any_trace(result);

	if (wanted_trace(result))
		return wanted_trace(result);
	for (size_t i = 0; i < result->finding_count; i++) {
		const struct finding *finding = &result->findings[i];

		if (finding_rank(finding) <= best_rank)
			continue;
		best_rank = finding_rank(finding);
		best = finding->trace;
	}
	return best;
}

static void print_next(const struct terminal *terminal,
		       const struct result *result)
{
	const char *trace = summary_best_trace(result);

	if (!trace)
		return;
	fputc('\n', terminal->file);
	advice_print(terminal, "run it again, step by step:  ", "replay",
		     trace);
	advice_print(terminal, "look at it:                  ", "show", trace);
}

void summary_print(const struct terminal *terminal, const struct result *result,
		   bool quiet)
{
	struct chart chart;

	print_heading(terminal, result);
	chart_init(&chart, result);
	if (chart.row_count > 0) {
		chart_print(terminal, &chart);
		fputc('\n', terminal->file);
	}
	chart_fini(&chart);
	findings_print(terminal, result);
	verdict_print(terminal, result);
	if (!quiet)
		print_next(terminal, result);
}
