/*
 * The parts that several JSON documents share (within report/ only).
 */
#ifndef EXPLORER_REPORT_JSON_PARTS_H
#define EXPLORER_REPORT_JSON_PARTS_H

#include <jansson.h>

#include "trace/result.h"

/* A string, or null. Bytes that are no UTF-8 are replaced. */
json_t *json_text(const char *text);
/* The number, or null for EVENT_NONE. */
json_t *json_count(uint64_t count);
json_t *json_strings(char *const *strings, size_t count);
json_t *json_outcome(const struct outcome *outcome, bool counted);
json_t *json_outcomes(const struct result *result);
json_t *json_findings(const struct result *result);
/* Adds "file", "line" and "function", null where unknown. */
void json_add_place(json_t *object, const struct source_place *place);
/* Adds a pair; gives up the reference to value. */
void json_add(json_t *object, const char *key, json_t *value);

#endif
