/*
 * The TREE message: what a search tells of its tree, state by state.
 */
#ifndef EXPLORER_CHANNEL_TREE_MESSAGE_H
#define EXPLORER_CHANNEL_TREE_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "trace/operation.h"

/* What a strategy makes of a choice. */
enum tree_fate {
	TREE_OPEN,   /* it may take it, now or later, should that be needed */
	TREE_ASLEEP, /* taken before, and what it leads to is the same here */
	TREE_BEYOND, /* it would go beyond the bound */
};

struct tree_choice {
	struct event event; /* as far as it is known before the step */
	uint32_t fate;	    /* enum tree_fate */
};

enum tree_news {
	TREE_STATE, /* come to a state for the first time: its choices */
	TREE_STEP,  /* from the state at `depth` on this path, a step */
	TREE_END,   /* of an execution */
	TREE_NEWS_COUNT
};

struct tree_message {
	uint32_t news; /* enum tree_news */
	uint64_t depth;
	uint32_t thread; /* STEP */
	uint32_t alternative;
	uint32_t outcome; /* END: its id */
	bool has_after;	  /* STATE, END: of the step that led here */
	uint64_t after;
	int32_t result;
	uint32_t choice_count; /* STATE */
	const void *choices;   /* struct tree_choice each, as raw bytes */
};

void tree_put(struct buffer *buffer, const struct tree_message *tree);
void tree_get(struct reader *reader, struct tree_message *ret_tree);

#endif
