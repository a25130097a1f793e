/*
 * Traces for tests, and the ways between traces and text.
 */
#ifndef EXPLORER_TESTS_TRACE_SAMPLE_H
#define EXPLORER_TESTS_TRACE_SAMPLE_H

#include <stddef.h>

#include "trace/trace.h"

/* Two threads lose an update, with every field set that a trace has. */
struct trace sample_trace(void);
/* A random schedule of two threads, `length` steps long; listed as `full`
 * says. */
struct trace sample_long_trace(size_t length, bool full);

/* The text form; owned by the caller (free()). */
char *sample_text(const struct trace *trace, size_t *ret_length);
/* trace_read() of `length` bytes. */
int sample_read(const char *text, size_t length, struct trace *ret_trace,
		struct trace_error *ret_error);

#endif
