/*
 * What a step did, in a few words: "write x = 1", "lock m".
 */
#ifndef EXPLORER_REPORT_STEP_WORDS_H
#define EXPLORER_REPORT_STEP_WORDS_H

#include <stddef.h>

#include "trace/trace.h"

/* A new string, owned by the caller, who frees it with free(); what does not
 * fit into `columns_max` columns is left out, with dots. */
char *step_words(const struct step *step, size_t columns_max);

/* The listed step that last wrote, from another thread, what step number
 * `index` of the list overwrites; NULL if it is not listed. */
const struct step *step_overwritten(const struct trace *trace, size_t index);

#endif
