/*
 * What epoch.c keeps, and how changes of it are undone.
 */
#ifndef EXPLORER_ENGINE_EPOCH_STATE_H
#define EXPLORER_ENGINE_EPOCH_STATE_H

#include "engine/epoch.h"
#include "runtime/runtime.h"

/* The vectors of a thread. */
enum epoch_vector {
	EPOCH_SYNCHRONISED,
	/* See RELATION_RELEASED and RELATION_ACQUIRABLE in order.h. */
	EPOCH_RELEASED,
	EPOCH_ACQUIRABLE,
	EPOCH_VECTORS
};

static inline uint32_t epoch_of_thread(const struct epochs *epochs,
				       uint32_t thread, enum epoch_vector which)
{
	return epochs->threads[thread] + which;
}

static inline uint32_t *epoch_vector(const struct epochs *epochs,
				     uint32_t vector)
{
	return epochs->vectors + (size_t)vector * epochs->stride;
}

/* As if no event had been taken in. */
void epochs_clear(struct epochs *epochs);

/* A new vector, all zero. It stays. */
uint32_t epoch_add_vector(struct epochs *epochs);

/* Makes room for the threads of the execution. What is known is forgotten if
 * vectors have to grow. */
void epoch_make_room(struct epochs *epochs, uint32_t threads, size_t events);

/* Undoes what the events from `event` on have changed. */
void epoch_undo(struct epochs *epochs, size_t event);

enum change_kind {
	CHANGE_VECTOR, /* index: it; its entries are in saved */
	CHANGE_SILENT,
	CHANGE_CELL,  /* index: it */
	CHANGE_ADDED, /* index: the granule */
};

/* A change that is not in the event's own record. */
void epoch_note(struct epochs *epochs, enum change_kind kind, uint32_t index);

/* The event is the thread's next one. Returns which one that is. */
static inline uint32_t epoch_begin(struct epochs *epochs, size_t event,
				   uint32_t thread)
{
	uint32_t vector = epoch_of_thread(epochs, thread, EPOCH_SYNCHRONISED);

	if (epochs->noted) {
		struct epoch_event *record = &epochs->events[event];

		record->changes = epochs->change_count;
		record->vector = vector;
		record->thread = thread;
		record->cell = 0;
	}
	return ++epoch_vector(epochs, vector)[thread];
}

/* A create or join: no event, and so found in the thread that it was about. */
struct epoch_silent {
	const struct thread *thread;
	bool is_join;
	size_t at; /* so many events came before it */
};

/* The execution's create or join of that number, from 0 on. Returns false if
 * there is none. */
bool epoch_find_silent(const struct runtime_state *state, uint32_t nth,
		       struct epoch_silent *ret_silent);

/* One create or join more is taken in. */
void epoch_count_silent(struct epochs *epochs);

/* Keeps what the event's thread knows at it, for as long as the event is one;
 * and returns what was kept. */
void epoch_keep(struct epochs *epochs, size_t event, uint32_t thread);
uint32_t epoch_kept(const struct epochs *epochs, size_t event);

/* Raises a vector to all that another one knows of. */
void epoch_join(struct epochs *epochs, uint32_t to, uint32_t from);
void epoch_copy(struct epochs *epochs, uint32_t to, uint32_t from);
void epoch_zero(struct epochs *epochs, uint32_t vector);
/* One event less of the thread is known of. */
void epoch_lower(struct epochs *epochs, uint32_t vector, uint32_t thread);

/* The cell is now about this event. What it was goes into the event's record;
 * few events have to do with a second one. */
static inline void epoch_touch(struct epochs *epochs, uint32_t number,
			       uint32_t clock, uint32_t event)
{
	struct epoch_cell *cell = &epochs->cells[number];

	if (epochs->noted) {
		struct epoch_event *record = &epochs->events[event];

		if (record->cell) {
			epoch_note(epochs, CHANGE_CELL, number);
		} else {
			record->cell = number;
			record->cell_clock = cell->clock;
			record->cell_event = cell->event;
			record->cell_stamp = cell->stamp;
		}
	}
	cell->clock = clock;
	cell->event = event;
	cell->stamp = epochs->stamp;
}

/* A further cell of the granule; returns its number. */
uint32_t epoch_add_cell(struct epochs *epochs, uint32_t granule,
			const struct epoch_cell *cell);

/* The event, the last one, was found to race. */
void epoch_add_race(struct epochs *epochs, size_t event, uint32_t finding);

#endif
