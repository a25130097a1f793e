/*
 * What the writer and the reader of trace files have in common (private to
 * trace/; docs/trace-format.md describes the whole).
 */
#ifndef EXPLORER_TRACE_TRACE_FORMAT_H
#define EXPLORER_TRACE_TRACE_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include "trace/operation.h"
#include "trace/result.h"

#define TRACE_FIRST_WORDS "explorer trace"

/* By enum memory_order_kind; plain is not written. */
#define TRACE_ORDER_NAMES                                                      \
	{                                                                      \
		"relaxed", "consume", "acquire", "release", "acq-rel",         \
			"seq-cst"                                              \
	}

/* By enum value_kind. */
#define TRACE_VALUE_KINDS                                                      \
	{                                                                      \
		"integer", "big", "real", "bool", "name", "null"               \
	}

/*
 * The array's room is the power of two at or above its count, so that none
 * need be stored beside it: returns the array with room for one more.
 */
void *list_grow(void *items, size_t count, size_t item_bytes);

#endif
