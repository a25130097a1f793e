/*
 * One line of a trace's list of steps, read (private to trace/).
 */
#ifndef EXPLORER_TRACE_TRACE_STEP_H
#define EXPLORER_TRACE_TRACE_STEP_H

#include "trace/trace.h"
#include "trace/trace_lines.h"

/* A word such as "T1" or "T1/2", as far as `length` goes. Returns false if it
 * is none; does not fail the reader. */
bool choice_from_word(const char *word, size_t length,
		      struct choice *ret_choice);

/* Reads the current line. On failure nothing is left to free. */
bool step_read(struct line_reader *reader, struct step *ret_step);

#endif
