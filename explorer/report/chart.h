/*
 * The outcomes as a bar chart: a line for each way in which the program can
 * end, with in how many interleavings or executions, whether updates were lost,
 * and a trace that shows it.
 *
 *     x = 2   ███▍                            90    3.6 %  lost update
 *     x = 3   ███████████████████████████  1,500   59.5 %  lost update
 *     x = 4   ████████████████▊              930   36.9 %
 */
#ifndef EXPLORER_REPORT_CHART_H
#define EXPLORER_REPORT_CHART_H

#include "report/terminal.h"
#include "report/words.h"
#include "trace/result.h"

/* A line of the chart: the outcomes that a person would call the same. They
 * agree in end, status and values; where nothing was watched also in output. */
struct chart_row {
	char *label; /* owned */
	enum end_kind end;
	uint64_t count;
	double interleavings; /* exact as far as a double is */
	double share;	      /* of all interleavings */
	uint64_t lost_updates;
	size_t outputs; /* different ones, where values were watched */
	bool unexpected;
	const char *trace; /* the result's; NULL if none */
	const struct outcome *first;
};

/* Invariants: the counts of rows[] add up to `executions`; rows[] is in the
 * order of the result's outcomes. */
struct chart {
	struct chart_row *rows;
	size_t row_count;
	size_t capacity;
	uint64_t executions;
	bool counted; /* false: states were visited, and no executions */
	double interleavings;
	bool has_interleavings; /* were counted: they are what is shown */
};

/* Sorts the outcomes of a result, which must outlive the chart, into rows. */
void chart_init(struct chart *chart, const struct result *result);
void chart_fini(struct chart *chart);

/* How often a row came out, and which share that is: of the interleavings where
 * they were counted, else of the executions. */
struct phrase chart_count(const struct chart *chart,
			  const struct chart_row *row);
struct phrase chart_share(const struct chart *chart,
			  const struct chart_row *row);

void chart_print(const struct terminal *terminal, const struct chart *chart);

#endif
