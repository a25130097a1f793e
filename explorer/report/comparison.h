/*
 * check, sample and native side by side: a line for each outcome and each kind
 * of finding, a column for each way of looking for them.
 */
#ifndef EXPLORER_REPORT_COMPARISON_H
#define EXPLORER_REPORT_COMPARISON_H

#include "report/terminal.h"
#include "trace/result.h"

/* Each may be NULL: it was not reached. */
struct comparison {
	const struct result *check;
	const struct result *sample;
	const struct result *native;
};

void comparison_print(const struct terminal *terminal,
		      const struct comparison *comparison, bool quiet);

#endif
