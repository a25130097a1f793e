/*
 * The outcomes as a bar chart.
 */
#include "report/chart.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/excerpt.h"
#include "report/words.h"

/* Of more rows than this an excerpt is shown. */
#define ROWS_MAX 20

/* What a double has exactly. */
#define EXACT_MOST 1e15

#define LABEL_COLUMNS_MAX  36
#define OUTPUT_COLUMNS_MAX 30
#define BAR_COLUMNS_MAX	   30
#define BAR_COLUMNS_MIN	   8

/* --- Rows */

static bool values_are_equal(const struct outcome *a, const struct outcome *b)
{
	if (a->value_count != b->value_count)
		return false;
	for (size_t i = 0; i < a->value_count; i++)
		if (strcmp(a->values[i].name, b->values[i].name) != 0 ||
		    strcmp(a->values[i].text, b->values[i].text) != 0)
			return false;
	return true;
}

static bool outputs_are_equal(const struct outcome *a, const struct outcome *b)
{
	return a->output_length == b->output_length &&
	       a->output_digest == b->output_digest &&
	       (a->output_length == 0 ||
		memcmp(a->output, b->output, a->output_length) == 0);
}

static bool block_is_same(const struct outcome *a, const struct outcome *b)
{
	return a->end == b->end && values_are_equal(a, b);
}

static bool row_is_same(const struct outcome *a, const struct outcome *b)
{
	const char *message = a->message ? a->message : "";

	if (a->has_status != b->has_status || a->status != b->status ||
	    strcmp(message, b->message ? b->message : "") != 0)
		return false;
	return a->value_count > 0 || a->end != END_EXIT ||
	       outputs_are_equal(a, b);
}

/* The row that an outcome belongs to, or NULL. Outcomes are sorted by end and
 * values: no more than the rows that agree in these have to be looked at. */
static struct chart_row *row_of(struct chart *chart,
				const struct outcome *outcome)
{
	for (size_t i = chart->row_count; i-- > 0;) {
		struct chart_row *row = &chart->rows[i];

		if (!block_is_same(row->first, outcome))
			break;
		if (row_is_same(row->first, outcome))
			return row;
		/* Sorted by output, too: one that differs ends the search. */
		if (outcome->value_count == 0 && outcome->end == END_EXIT &&
		    !outputs_are_equal(row->first, outcome))
			break;
	}
	return NULL;
}

/* What a person sees of an outcome where nothing was watched: its output. */
static void add_output(struct buffer *text, const struct outcome *outcome)
{
	size_t length = outcome->output_length;

	if (length > 0 && outcome->output[length - 1] == '\n')
		length--;
	if (length == 0) {
		text_add(text, "ends without output");
		return;
	}
	text_add(text, "prints \"");
	words_escaped(text, outcome->output, length, OUTPUT_COLUMNS_MAX);
	text_add(text, "\"");
}

static char *label_of(const struct outcome *outcome)
{
	struct buffer whole = {0};
	struct buffer label = {0};

	if (outcome->end == END_EXIT && outcome->value_count == 0) {
		add_output(&whole, outcome);
		if (outcome->has_status && outcome->status != 0)
			text_add(&whole, ", status %d", outcome->status);
	} else {
		words_ending(&whole, outcome);
	}
	words_escaped(&label, whole.data, whole.length, LABEL_COLUMNS_MAX);
	buffer_fini(&whole);
	return (char *)label.data;
}

static struct chart_row *row_add(struct chart *chart,
				 const struct outcome *outcome)
{
	void *rows = chart->rows;
	struct chart_row *row;

	memory_reserve(&rows, &chart->capacity, chart->row_count + 1,
		       sizeof(*chart->rows));
	chart->rows = rows;
	row = &chart->rows[chart->row_count++];
	*row = (struct chart_row){
		.label = label_of(outcome),
		.end = outcome->end,
		.first = outcome,
	};
	return row;
}

static void row_count_in(struct chart_row *row, const struct outcome *outcome)
{
	bool shows_more = outcome->lost_updates > 0 && row->lost_updates == 0;

	if (outcome->trace && (!row->trace || shows_more))
		row->trace = outcome->trace;
	row->count += outcome->count;
	row->share += outcome->share;
	if (outcome->interleavings)
		row->interleavings += strtod(outcome->interleavings, NULL);
	row->lost_updates += outcome->lost_updates;
	row->unexpected |= outcome->unexpected;
	row->outputs++;
}

void chart_init(struct chart *chart, const struct result *result)
{
	*chart = (struct chart){.counted = !result->has_states};
	for (size_t i = 0; i < result->outcome_count; i++) {
		const struct outcome *outcome = &result->outcomes[i];
		struct chart_row *row = row_of(chart, outcome);

		if (!row)
			row = row_add(chart, outcome);
		row_count_in(row, outcome);
		chart->executions += outcome->count;
		if (outcome->interleavings)
			chart->interleavings +=
				strtod(outcome->interleavings, NULL);
	}
	chart->counted &= chart->executions > 0;
	chart->has_interleavings = result->interleavings != NULL;
}

void chart_fini(struct chart *chart)
{
	for (size_t i = 0; i < chart->row_count; i++)
		free(chart->rows[i].label);
	memory_free(chart->rows, chart->capacity * sizeof(*chart->rows));
	*chart = (struct chart){0};
}

/* --- Lines */

/* What the bars show: interleavings where they were counted, else executions.
 */
static double size_of(const struct chart *chart, const struct chart_row *row)
{
	if (!chart->has_interleavings)
		return (double)row->count;
	return chart->interleavings < EXACT_MOST ? row->interleavings
						 : row->share;
}

struct phrase chart_count(const struct chart *chart,
			  const struct chart_row *row)
{
	if (chart->has_interleavings)
		return words_large(row->interleavings);
	/* None of those that were counted, but another search saw it. */
	return row->count > 0 ? words_count(row->count) : (struct phrase){"-"};
}

struct phrase chart_share(const struct chart *chart,
			  const struct chart_row *row)
{
	if (chart->has_interleavings)
		return words_fraction(row->share);
	return row->count > 0 ? words_share(row->count, chart->executions)
			      : (struct phrase){""};
}

struct columns {
	size_t label;
	size_t bar;
	size_t count;
	size_t remark;
	double most; /* of the most frequent row */
};

static const char *remark_of(const struct chart_row *row)
{
	if (row->unexpected)
		return "unexpected";
	if (row->first->wanted)
		return "found";
	if (row->lost_updates > 0)
		return "lost update";
	return "";
}

static enum paint paint_of(const struct chart_row *row)
{
	if (row->unexpected)
		return PAINT_RED;
	switch (row->end) {
	case END_STATE:
	case END_EXIT:
		return row->lost_updates > 0 ? PAINT_YELLOW : PAINT_CYAN;
	case END_LIMIT:
	case END_HANG:
		return PAINT_YELLOW;
	case END_DEADLOCK:
	case END_LIVELOCK:
	case END_ASSERTION:
	case END_ABORT:
	case END_CRASH:
	case END_STACK_OVERFLOW:
	case END_MISUSE:
	case END_COUNT:
		break;
	}
	return PAINT_RED;
}

static void widen(size_t *columns, const char *text)
{
	size_t needed = terminal_columns(text);

	if (needed > *columns)
		*columns = needed;
}

static struct columns columns_of(const struct terminal *terminal,
				 const struct chart *chart, const bool *shown)
{
	struct columns columns = {0};
	size_t taken;

	for (size_t i = 0; i < chart->row_count; i++) {
		const struct chart_row *row = &chart->rows[i];

		if (!shown[i])
			continue;
		widen(&columns.label, row->label);
		widen(&columns.count, chart_count(chart, row).text);
		widen(&columns.remark, remark_of(row));
		if (size_of(chart, row) > columns.most)
			columns.most = size_of(chart, row);
	}
	/* The trace's path may go past the edge; bars make room for a short
	 * one, as far as they can. */
	taken = 2 + columns.label + 2 + 2 + columns.count + 9 + columns.remark +
		4 + 24;
	columns.bar = BAR_COLUMNS_MIN;
	if (terminal->width > taken + BAR_COLUMNS_MIN)
		columns.bar = terminal->width - taken;
	if (columns.bar > BAR_COLUMNS_MAX)
		columns.bar = BAR_COLUMNS_MAX;
	return columns;
}

/* A bar to eighths of a character, where these can be drawn. Whatever has
 * happened at all is seen. */
static void print_bar(const struct terminal *terminal, enum paint paint,
		      double size, const struct columns *columns)
{
	static const char *const eighths[] = {"",  "▏", "▎", "▍",
					      "▌", "▋", "▊", "▉"};
	unsigned unit = terminal->utf8 ? 8 : 1;
	double length = (double)(columns->bar * unit) * size / columns->most;
	size_t units = (size_t)(length + 0.5);
	struct buffer bar = {0};

	if (units == 0 && size > 0)
		units = 1;
	text_add(&bar, "%s", "");
	for (size_t i = 0; i < units / unit; i++)
		text_add(&bar, "%s", terminal->utf8 ? "█" : "#");
	if (terminal->utf8)
		text_add(&bar, "%s", eighths[units % unit]);
	terminal_pad(terminal, paint, (char *)bar.data, columns->bar);
	buffer_fini(&bar);
}

static void print_count(const struct terminal *terminal,
			const struct chart *chart, const struct chart_row *row,
			const struct columns *columns)
{
	fputs("  ", terminal->file);
	print_bar(terminal, paint_of(row), size_of(chart, row), columns);
	fprintf(terminal->file, "  %*s %8s", (int)columns->count,
		chart_count(chart, row).text, chart_share(chart, row).text);
}

static void print_row(const struct terminal *terminal,
		      const struct chart *chart, const struct chart_row *row,
		      const struct columns *columns)
{
	enum paint paint = paint_of(row);
	FILE *file = terminal->file;

	fputs("  ", file);
	terminal_pad(terminal, PAINT_BOLD, row->label, columns->label);
	if (chart->counted || chart->has_interleavings)
		print_count(terminal, chart, row, columns);
	if (columns->remark > 0 && (*remark_of(row) || row->trace)) {
		fputs("  ", file);
		terminal_pad(terminal, paint, remark_of(row),
			     row->trace ? columns->remark : 0);
	}
	if (row->trace)
		terminal_paint(terminal, PAINT_DIM, "  %s", row->trace);
	if (row->first->value_count > 0 && row->outputs > 1)
		terminal_paint(terminal, PAINT_DIM, "  (%zu outputs)",
			       row->outputs);
	fputc('\n', file);
}

static void print_left_out(const struct terminal *terminal,
			   const struct chart *chart, const bool *shown)
{
	struct chart_row rest = {0};
	size_t rows = 0;

	for (size_t i = 0; i < chart->row_count; i++) {
		if (shown[i])
			continue;
		rows++;
		rest.count += chart->rows[i].count;
		rest.interleavings += chart->rows[i].interleavings;
		rest.share += chart->rows[i].share;
	}
	if (rows > 0 && !chart->counted && !chart->has_interleavings)
		terminal_paint(terminal, PAINT_DIM,
			       "  ... and %s more; --format json lists them "
			       "all\n",
			       words_count(rows).text);
	else if (rows > 0)
		terminal_paint(terminal, PAINT_DIM,
			       "  ... and %s more, %s %s (%s): shown "
			       "are failures, the most frequent\n"
			       "      and the rarest; --format json lists them "
			       "all\n",
			       words_count(rows).text,
			       chart_count(chart, &rest).text,
			       chart->has_interleavings ? "interleavings"
							: "executions",
			       chart_share(chart, &rest).text);
}

void chart_print(const struct terminal *terminal, const struct chart *chart)
{
	bool *shown = memory_new(chart->row_count * sizeof(*shown));
	struct columns columns;

	excerpt_choose(chart, ROWS_MAX, shown);
	columns = columns_of(terminal, chart, shown);
	for (size_t i = 0; i < chart->row_count; i++)
		if (shown[i])
			print_row(terminal, chart, &chart->rows[i], &columns);
	print_left_out(terminal, chart, shown);
	free(shown);
}
