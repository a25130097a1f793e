/*
 * Results as JSON documents: the contract for scripts. Keys, their order and
 * what they hold are described in docs/json.md.
 *
 * The documents are jansson's; each function returns a new reference.
 */
#ifndef EXPLORER_REPORT_JSON_H
#define EXPLORER_REPORT_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "trace/result.h"
#include "trace/trace.h"

#define EXPLORER_VERSION "0.1.0"

/* More of a program's output than this is cut. */
#define JSON_OUTPUT_MAX (64U << 10)

/* What check, sample or native found. */
json_t *json_of_result(const struct result *result);

/* The three of a comparison. A part that was not reached is NULL. */
json_t *json_of_comparison(const struct result *check,
			   const struct result *sample,
			   const struct result *native);

/* A replay: what pool_replay() found, without depending on pool/. */
struct json_replay {
	const char *trace; /* path */
	bool reproduced;
	uint64_t step; /* of the divergence */
	const char *expected;
	const char *actual;
	const struct result *result;
};
json_t *json_of_replay(const struct json_replay *replay);

/* A trace that was read from `path`. */
json_t *json_of_trace(const char *path, const struct trace *trace);

/* Prints the document and a newline; gives up the reference. */
void json_print(FILE *file, json_t *document);

#endif
