/*
 * check, sample and native side by side.
 */
#include "report/comparison.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/advice.h"
#include "report/chart.h"
#include "report/summary.h"
#include "report/words.h"

#define WAYS	     3
#define CELL_COLUMNS 20

static const char *const ways[WAYS] = {"check", "sample", "native"};

struct table {
	const struct terminal *terminal;
	const struct result *results[WAYS];
	struct chart charts[WAYS];
	size_t label_columns;
};

static const struct chart_row *row_named(const struct chart *chart,
					 const char *label)
{
	for (size_t i = 0; i < chart->row_count; i++)
		if (strcmp(chart->rows[i].label, label) == 0)
			return &chart->rows[i];
	return NULL;
}

static void print_cell(const struct table *table, int way, const char *text)
{
	fputs("  ", table->terminal->file);
	terminal_pad(table->terminal, PAINT_NONE, text,
		     way + 1 < WAYS ? CELL_COLUMNS : 0);
}

static void print_label(const struct table *table, const char *label)
{
	fputs("  ", table->terminal->file);
	terminal_pad(table->terminal, PAINT_BOLD, label, table->label_columns);
}

/* How often each way came to this outcome. */
static void print_outcome(const struct table *table, const char *label)
{
	print_label(table, label);
	for (int way = 0; way < WAYS; way++) {
		const struct chart *chart = &table->charts[way];
		const struct chart_row *row = row_named(chart, label);
		struct buffer cell = {0};

		if (!row)
			text_add(&cell, "%9s", "-");
		else if (!chart->has_interleavings &&
			 (row->count == 0 || !chart->counted))
			text_add(&cell, "%9s", "reached");
		else
			text_add(&cell, "%9s %8s", chart_count(chart, row).text,
				 chart_share(chart, row).text);
		print_cell(table, way, (char *)cell.data);
		buffer_fini(&cell);
	}
	fputc('\n', table->terminal->file);
}

/* Each outcome once, in the order of the first way that has it. */
static void print_outcomes(const struct table *table)
{
	for (int way = 0; way < WAYS; way++) {
		const struct chart *chart = &table->charts[way];

		for (size_t i = 0; i < chart->row_count; i++) {
			const char *label = chart->rows[i].label;
			bool seen = row_named(chart, label) != &chart->rows[i];

			for (int earlier = 0; earlier < way; earlier++)
				seen |= row_named(&table->charts[earlier],
						  label) != NULL;
			if (!seen)
				print_outcome(table, label);
		}
	}
}

/* Whose counts are interleavings says so. */
static void print_interleavings(const struct table *table)
{
	const struct result *check = table->results[0];
	struct buffer cell = {0};

	if (!check || !check->interleavings)
		return;
	text_add(&cell, "%9s",
		 words_large(strtod(check->interleavings, NULL)).text);
	print_label(table, "interleavings");
	print_cell(table, 0, (char *)cell.data);
	print_cell(table, 1, "        -");
	print_cell(table, 2, "        -");
	fputc('\n', table->terminal->file);
	buffer_fini(&cell);
}

static void print_heading(const struct table *table)
{
	print_label(table, "");
	for (int way = 0; way < WAYS; way++) {
		struct buffer cell = {0};

		text_add(&cell, "%9s", ways[way]);
		print_cell(table, way, (char *)cell.data);
		buffer_fini(&cell);
	}
	fputc('\n', table->terminal->file);
	print_label(table, "executions");
	for (int way = 0; way < WAYS; way++) {
		const struct result *result = table->results[way];
		struct buffer cell = {0};

		if (result && result->has_states)
			text_add(&cell, "%9s in %s",
				 words_explored(result).text,
				 words_seconds(result->seconds).text);
		else if (result)
			text_add(&cell, "%9s in %s",
				 words_count(result->executions).text,
				 words_seconds(result->seconds).text);
		else
			text_add(&cell, "%9s", "not run");
		print_cell(table, way, (char *)cell.data);
		buffer_fini(&cell);
	}
	fputc('\n', table->terminal->file);
}

static size_t findings_of(const struct result *result, enum finding_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; result && i < result->finding_count; i++)
		count += result->findings[i].kind == kind;
	return count;
}

/* How many findings of one kind each way made; nothing where none did. */
static void print_findings(const struct table *table, enum finding_kind kind)
{
	bool any = false;

	for (int way = 0; way < WAYS; way++)
		any |= findings_of(table->results[way], kind) > 0;
	if (!any)
		return;
	print_label(table, words_finding(kind, false));
	for (int way = 0; way < WAYS; way++) {
		size_t count = findings_of(table->results[way], kind);
		struct buffer cell = {0};

		if (count > 0)
			text_add(&cell, "%9s found", words_count(count).text);
		else
			text_add(&cell, "%9s", "-");
		print_cell(table, way, (char *)cell.data);
		buffer_fini(&cell);
	}
	fputc('\n', table->terminal->file);
}

static void measure(struct table *table)
{
	for (int kind = 0; kind < FINDING_COUNT; kind++) {
		size_t columns =
			strlen(words_finding((enum finding_kind)kind, false));

		if (columns > table->label_columns)
			table->label_columns = columns;
	}
	for (int way = 0; way < WAYS; way++)
		for (size_t i = 0; i < table->charts[way].row_count; i++) {
			const char *label = table->charts[way].rows[i].label;
			size_t columns = terminal_columns(label);

			if (columns > table->label_columns)
				table->label_columns = columns;
		}
}

static const struct result *most_telling(const struct comparison *comparison)
{
	if (comparison->check)
		return comparison->check;
	return comparison->sample;
}

static void print_next(const struct terminal *terminal,
		       const struct comparison *comparison)
{
	const struct result *result = most_telling(comparison);
	const char *trace = result ? summary_best_trace(result) : NULL;

	if (!trace)
		return;
	advice_print(terminal, "\nrun it again, step by step:  ", "replay",
		     trace);
}

void comparison_print(const struct terminal *terminal,
		      const struct comparison *comparison, bool quiet)
{
	struct table table = {
		.terminal = terminal,
		.results = {comparison->check, comparison->sample,
			    comparison->native},
	};

	for (int way = 0; way < WAYS; way++)
		if (table.results[way])
			chart_init(&table.charts[way], table.results[way]);
	measure(&table);
	print_heading(&table);
	print_interleavings(&table);
	print_outcomes(&table);
	for (int kind = 0; kind < FINDING_COUNT; kind++)
		print_findings(&table, (enum finding_kind)kind);
	fputc('\n', terminal->file);
	if (comparison->check) {
		findings_print(terminal, comparison->check);
		verdict_print(terminal, comparison->check);
	}
	if (!quiet)
		print_next(terminal, comparison);
	for (int way = 0; way < WAYS; way++)
		chart_fini(&table.charts[way]);
}
