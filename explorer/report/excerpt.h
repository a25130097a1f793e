/*
 * Which rows of a long chart are worth a line: what failed or was not
 * expected; then, of the others, the most frequent and the rarest.
 */
#ifndef EXPLORER_REPORT_EXCERPT_H
#define EXPLORER_REPORT_EXCERPT_H

#include <stdbool.h>

#include "report/chart.h"

/* Marks `most` of the chart's rows, all if there are no more, in ret_shown,
 * which has an element for each. */
void excerpt_choose(const struct chart *chart, size_t most, bool *ret_shown);

#endif
