/*
 * What the parts of struct collapsed share: collapsed.c has its levels and what
 * is possible, collapsed_recall.c the steps that are known, collapsed_follow.c
 * what is learned from those that the program makes, collapsed_begin.c where
 * all that begins.
 */
#ifndef EXPLORER_STRATEGY_COLLAPSED_PARTS_H
#define EXPLORER_STRATEGY_COLLAPSED_PARTS_H

#include <string.h>

#include "strategy/collapsed.h"

/* A state on the path: what it is, and what there was before. */
struct collapsed_level {
	struct digest digest;
	uint32_t rest;
	uint32_t thread_count;
	size_t component_mark;
	size_t line_mark;
	size_t other_first;
	size_t other_end;
	uint16_t last; /* thread that moved */
	bool is_mixed; /* some are about to do something else than an access */
};

/* What was there before. */
struct component_note {
	uint32_t thread;
	uint32_t component;
};
struct line_note {
	struct visible_line *line;
	struct digest digest;
	uint8_t bytes[LINE_BYTES];
};

static inline struct collapsed_level *
collapsed_top(const struct collapsed *collapsed)
{
	return &collapsed->levels[collapsed->level_count - 1];
}

/* Where a thread's access lies. */
struct spot {
	struct visible_line *line;
	size_t offset;
	size_t bytes;
};

static inline struct spot spot_of(const struct collapsed *collapsed,
				  const struct component *component)
{
	uint32_t place = collapsed->granule_places[component->granule];

	return (struct spot){
		.line = &collapsed->lines[place / LINE_BYTES],
		.offset = place % LINE_BYTES + component->offset,
		.bytes = component->bytes,
	};
}

static inline uint64_t spot_load(const uint8_t *line, const struct spot *spot)
{
	uint64_t value = 0;

	memcpy(&value, line + spot->offset, spot->bytes);
	return value;
}

/* What was recalled may not be so any more. */
void collapsed_next_generation(struct collapsed *collapsed);

/* It cannot go on, for some reason, or it is not worth while. */
void collapsed_give_up(struct collapsed *collapsed);

/* A level more, in which that thread has moved. What is changed from then on is
 * to be noted before; in the end the level is closed: it is what the state is
 * then. */
struct collapsed_level *collapsed_add_level(struct collapsed *collapsed,
					    uint16_t last);
void collapsed_note_component(struct collapsed *collapsed, uint32_t thread);
void collapsed_note_line(struct collapsed *collapsed,
			 struct visible_line *line);
void collapsed_close_level(const struct collapsed *collapsed,
			   struct collapsed_level *level);

/* The choices of threads that have no access pending, as the engine says, which
 * is in the state of the level. */
void collapsed_list_others(struct collapsed *collapsed,
			   const struct engine *engine,
			   struct collapsed_level *level);

/* The engine's threads, those that are new without a component. */
void collapsed_take_threads(struct collapsed *collapsed,
			    const struct runtime_state *state);

/* A number for how all threads are that are about to access nothing, and for
 * who the others are, which of them detached: nothing else can be asked about
 * them without an operation. COMPONENT_NONE: not all of these wait or have
 * ended. */
uint32_t collapsed_among(struct collapsed *collapsed);

/* Changes with what is visible and lent; never 0. */
uint64_t collapsed_version_of(const struct engine *engine);

/* Of those of a line's bytes that are not visible. */
struct digest collapsed_hidden_digest(const struct visible_line *line,
				      const uint8_t *bytes);

#endif
