/*
 * What epoch.c keeps, and how changes of it are undone. See epoch_state.h.
 */
#include "engine/epoch_state.h"

#include <string.h>

#include "base/memory.h"
#include "engine/vector_clock.h"

#define STRIDE_MIN CLOCK_FOUR

void epochs_clear(struct epochs *epochs)
{
	map_clear(&epochs->objects);
	memset(epochs->lately, 0, sizeof(epochs->lately));
	epochs->done = 0;
	epochs->valid = 0;
	epochs->vector_count = 0;
	epochs->thread_count = 0;
	epochs->silent_done = 0;
	epochs->cell_count = 1;
	memset(epochs->recent, 0, sizeof(epochs->recent));
	epochs->atomic_count = 1;
	epochs->granule_count = 0;
	epochs->change_count = 0;
	epochs->saved_count = 0;
	epochs->race_count = 0;
	epochs->stamp = 0;
	epochs->noted = epochs->rewinds;
	if (epochs->keeps)
		memset(epochs->kept, 0,
		       epochs->kept_capacity * sizeof(*epochs->kept));
	epochs->keeps = false;
}

void epochs_forget(struct epochs *epochs)
{
	epochs_clear(epochs);
	epoch_memo_clear(&epochs->memo);
}

uint32_t epoch_add_vector(struct epochs *epochs)
{
	uint32_t vector = epochs->vector_count++;

	memory_reserve((void **)&epochs->vectors, &epochs->vectors_capacity,
		       (size_t)epochs->vector_count * epochs->stride,
		       sizeof(*epochs->vectors));
	memset(epoch_vector(epochs, vector), 0,
	       epochs->stride * sizeof(*epochs->vectors));
	return vector;
}

static void add_thread(struct epochs *epochs)
{
	memory_reserve((void **)&epochs->threads, &epochs->threads_capacity,
		       epochs->thread_count + 1, sizeof(*epochs->threads));
	epochs->threads[epochs->thread_count++] = epochs->vector_count;
	for (unsigned i = 0; i < EPOCH_VECTORS; i++)
		epoch_add_vector(epochs);
}

void epoch_make_room(struct epochs *epochs, uint32_t threads, size_t events)
{
	if (threads > epochs->stride) {
		epochs->stride = epochs->stride ? epochs->stride : STRIDE_MIN;
		while (epochs->stride < threads)
			epochs->stride *= 2;
		epochs_clear(epochs);
	}
	while (epochs->thread_count < threads)
		add_thread(epochs);
	if (epochs->noted)
		memory_reserve((void **)&epochs->events,
			       &epochs->events_capacity, events,
			       sizeof(*epochs->events));
	memory_reserve((void **)&epochs->kept, &epochs->kept_capacity, events,
		       sizeof(*epochs->kept));
}

/* Word by word: see struct operation in runtime/operation.h. */
void epoch_note(struct epochs *epochs, enum change_kind kind, uint32_t index)
{
	struct epoch_change *change;

	memory_reserve((void **)&epochs->changes, &epochs->changes_capacity,
		       epochs->change_count + 1, sizeof(*epochs->changes));
	change = &epochs->changes[epochs->change_count++];
	change->kind = kind;
	change->index = index;
	if (kind != CHANGE_CELL)
		return;
	change->clock = epochs->cells[index].clock;
	change->event = epochs->cells[index].event;
	change->stamp = epochs->cells[index].stamp;
}

/* Only a search that goes back needs to undo. */
static void note(struct epochs *epochs, enum change_kind kind, uint32_t index)
{
	if (epochs->noted)
		epoch_note(epochs, kind, index);
}

/* Keeps what the vector is, and returns it, to be changed. */
static uint32_t *change_vector(struct epochs *epochs, uint32_t vector)
{
	uint32_t *entries = epoch_vector(epochs, vector);

	epochs->stamp++;
	if (!epochs->noted)
		return entries;
	memory_reserve((void **)&epochs->saved, &epochs->saved_capacity,
		       epochs->saved_count + epochs->stride,
		       sizeof(*epochs->saved));
	memcpy(epochs->saved + epochs->saved_count, entries,
	       epochs->stride * sizeof(*entries));
	epochs->saved_count += epochs->stride;
	note(epochs, CHANGE_VECTOR, vector);
	return entries;
}

bool epoch_find_silent(const struct runtime_state *state, uint32_t nth,
		       struct epoch_silent *ret_silent)
{
	for (uint32_t i = 0; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];
		/* Nobody creates main, but main may be joined. */
		bool is_join = i == 0 || thread->created_nth != nth;

		if (is_join && (!thread->joined || thread->joined_nth != nth))
			continue;
		*ret_silent = (struct epoch_silent){
			thread, is_join,
			is_join ? thread->joined_at : thread->created_at};
		return true;
	}
	return false;
}

void epoch_count_silent(struct epochs *epochs)
{
	epochs->silent_done++;
	note(epochs, CHANGE_SILENT, 0);
}

void epoch_keep(struct epochs *epochs, size_t event, uint32_t thread)
{
	uint32_t from = epoch_of_thread(epochs, thread, EPOCH_SYNCHRONISED);

	/* An event that took this one's place before may have left it. */
	epochs->keeps = true;
	if (epochs->kept[event] == 0)
		epochs->kept[event] = epoch_add_vector(epochs) + 1;
	memcpy(epoch_vector(epochs, epoch_kept(epochs, event)),
	       epoch_vector(epochs, from),
	       epochs->stride * sizeof(*epochs->vectors));
}

uint32_t epoch_kept(const struct epochs *epochs, size_t event)
{
	return epochs->kept[event] - 1;
}

void epoch_join(struct epochs *epochs, uint32_t to, uint32_t from)
{
	if (!clock_knows(epoch_vector(epochs, to), epoch_vector(epochs, from),
			 epochs->stride))
		clock_raise(change_vector(epochs, to),
			    epoch_vector(epochs, from), epochs->stride);
}

void epoch_copy(struct epochs *epochs, uint32_t to, uint32_t from)
{
	memcpy(change_vector(epochs, to), epoch_vector(epochs, from),
	       epochs->stride * sizeof(*epochs->vectors));
}

void epoch_zero(struct epochs *epochs, uint32_t vector)
{
	memset(change_vector(epochs, vector), 0,
	       epochs->stride * sizeof(*epochs->vectors));
}

void epoch_lower(struct epochs *epochs, uint32_t vector, uint32_t thread)
{
	change_vector(epochs, vector)[thread]--;
}

uint32_t epoch_add_cell(struct epochs *epochs, uint32_t granule,
			const struct epoch_cell *cell)
{
	uint32_t number = epochs->cell_count++;

	memory_reserve((void **)&epochs->cells, &epochs->cells_capacity,
		       epochs->cell_count, sizeof(*epochs->cells));
	epochs->cells[number] = *cell;
	epochs->cells[number].next = epochs->granules[granule].cells;
	epochs->cells[number].granule = granule;
	epochs->granules[granule].cells = number;
	note(epochs, CHANGE_ADDED, granule);
	return number;
}

static inline void restore_cell(struct epochs *epochs, uint32_t number,
				uint32_t clock, uint32_t event, uint32_t stamp)
{
	struct epoch_cell *cell = &epochs->cells[number];

	cell->clock = clock;
	cell->event = event;
	cell->stamp = stamp;
}

static void undo(struct epochs *epochs, const struct epoch_change *change)
{
	switch ((enum change_kind)change->kind) {
	case CHANGE_VECTOR:
		epochs->saved_count -= epochs->stride;
		memcpy(epoch_vector(epochs, change->index),
		       epochs->saved + epochs->saved_count,
		       epochs->stride * sizeof(*epochs->saved));
		break;
	case CHANGE_SILENT:
		epochs->silent_done--;
		break;
	case CHANGE_CELL:
		restore_cell(epochs, change->index, change->clock,
			     change->event, change->stamp);
		break;
	case CHANGE_ADDED:
		epochs->cell_count--;
		epochs->granules[change->index].cells =
			epochs->cells[epochs->cell_count].next;
		break;
	}
}

static void undo_changes(struct epochs *epochs, size_t count)
{
	while (epochs->change_count > count)
		undo(epochs, &epochs->changes[--epochs->change_count]);
}

static void undo_event(struct epochs *epochs, const struct epoch_event *event)
{
	if (event->cell)
		restore_cell(epochs, event->cell, event->cell_clock,
			     event->cell_event, event->cell_stamp);
	undo_changes(epochs, event->changes);
	epoch_vector(epochs, event->vector)[event->thread]--;
	undo_changes(epochs, event->silent_changes);
	epochs->stamp = event->stamp;
}

void epoch_add_race(struct epochs *epochs, size_t event, uint32_t finding)
{
	for (size_t i = 0; i < epochs->race_count; i++)
		if (epochs->races[i].finding == finding)
			return;
	memory_reserve((void **)&epochs->races, &epochs->races_capacity,
		       epochs->race_count + 1, sizeof(*epochs->races));
	epochs->races[epochs->race_count++] =
		(struct epoch_race){event, finding};
}

void epoch_undo(struct epochs *epochs, size_t event)
{
	if (event >= epochs->done)
		return;
	if (!epochs->noted) {
		epochs_clear(epochs);
		return;
	}
	while (epochs->done > event)
		undo_event(epochs, &epochs->events[--epochs->done]);
	while (epochs->race_count > 0 &&
	       epochs->races[epochs->race_count - 1].event >= event)
		epochs->race_count--;
}
