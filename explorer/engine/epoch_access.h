/*
 * What accesses do to epochs: they are compared with those before, and atomic
 * ones hand on what their thread knows.
 */
#ifndef EXPLORER_ENGINE_EPOCH_ACCESS_H
#define EXPLORER_ENGINE_EPOCH_ACCESS_H

#include "engine/dependence.h"
#include "engine/engine.h"
#include "engine/epoch_state.h"

/* Takes in an event of the log that is an access, and has begun. */
void epoch_take_access(struct engine *engine, size_t event);

/* A number below EPOCH_RECENT for accesses like this one. */
static inline uint32_t epoch_slot(const struct performed *performed)
{
	uintptr_t place = performed->operation.place;

	return (uint32_t)(place ^ place >> 6 ^
			  (uintptr_t)performed->choice.thread << 3) %
	       EPOCH_RECENT;
}

/* Where the cell of accesses like this one is looked for first. */
static inline uint32_t *epoch_recent_cell(struct epochs *epochs,
					  const struct performed *performed)
{
	return &epochs->recent[epoch_slot(performed)];
}

/* The mask of an access that stays within a granule. */
static inline uint8_t epoch_own_mask(const struct operation *operation)
{
	return (uint8_t)(((1U << operation->bytes) - 1)
			 << operation->address % 8);
}

/* Takes in an event that is nothing but a plain access like one before, in the
 * same epoch. False if it is not. */
static inline bool epoch_take_same(struct epochs *epochs,
				   const struct performed *performed,
				   size_t event)
{
	const struct operation *operation = &performed->operation;
	uint32_t number = *epoch_recent_cell(epochs, performed);
	struct epoch_cell *cell = &epochs->cells[number];

	/* Granules are told of accesses only. The cell may have been undone,
	 * and another one made in its place. */
	if (number == 0 || number >= epochs->cell_count ||
	    cell->place != operation->place ||
	    cell->thread != performed->choice.thread ||
	    cell->op != operation->op || operation->detail <= 0 ||
	    cell->granule != (uint32_t)operation->detail - 1 ||
	    cell->mask != epoch_own_mask(operation) ||
	    cell->stamp != epochs->stamp)
		return false;
	epoch_touch(epochs, number,
		    epoch_begin(epochs, event, performed->choice.thread),
		    (uint32_t)event);
	return true;
}

#endif
