/*
 * The different ways in which executions ended, and how often.
 */
#ifndef EXPLORER_ENGINE_OUTCOME_H
#define EXPLORER_ENGINE_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/map.h"

/* The id of what is no outcome. */
#define OUTCOME_NONE (UINT32_MAX - 1)

struct outcome_count {
	uint64_t check; /* a second digest */
	uint64_t count;
	uint64_t lost_updates;
};

struct outcomes {
	struct map known;	  /* digest -> id + 1 */
	struct outcome_count *at; /* by id */
	size_t count;
	size_t capacity;
};

void outcomes_clear(struct outcomes *outcomes);

/* Counts an execution that ended as the bytes say. Returns the outcome's id;
 * *ret_new tells whether it is the first. */
uint32_t outcomes_count(struct outcomes *outcomes, const struct buffer *bytes,
			bool lost_update, bool *ret_new);

void outcomes_save(const struct outcomes *outcomes, struct buffer *buffer);
void outcomes_load(struct outcomes *outcomes, struct reader *reader);

#endif
