/*
 * The keys of a trace file: everything in it that comes before the schedule
 * (private to trace/).
 */
#ifndef EXPLORER_TRACE_TRACE_KEYS_H
#define EXPLORER_TRACE_TRACE_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "trace/trace.h"
#include "trace/trace_lines.h"

/* The output's bytes belong to the trace; only its capacity is kept here. */
struct trace_keys {
	struct line_reader *lines;
	struct trace *trace;
	uint64_t seen; /* a bit for each key */
	struct buffer output;
};

/* Reads lines up to the one that begins the schedule, whose first word is
 * taken. Returns false after line_fail(). */
bool trace_keys_read(struct trace_keys *reader);

#endif
