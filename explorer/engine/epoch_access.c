/*
 * Accesses to memory, as races see them. See epoch_access.h.
 */
#include "engine/epoch_access.h"

#include <string.h>

#include "base/memory.h"
#include "engine/order.h"
#include "engine/race.h"

/* --- Atomic variables */

static struct epoch_granule *granule_at(struct epochs *epochs, uint32_t number)
{
	while (epochs->granule_count <= number) {
		memory_reserve(
			(void **)&epochs->granules, &epochs->granules_capacity,
			epochs->granule_count + 1, sizeof(*epochs->granules));
		epochs->granules[epochs->granule_count++] =
			(struct epoch_granule){0};
	}
	return &epochs->granules[number];
}

static uint32_t vector_of_atomic(struct epochs *epochs, uint32_t granule,
				 const struct operation *operation)
{
	struct epoch_granule *at = granule_at(epochs, granule);
	uint32_t number = at->atomics;

	for (; number > 0; number = epochs->atomics[number].next)
		if (epochs->atomics[number].address == operation->address &&
		    epochs->atomics[number].bytes == operation->bytes)
			return epochs->atomics[number].vector;
	number = epochs->atomic_count++;
	memory_reserve((void **)&epochs->atomics, &epochs->atomics_capacity,
		       epochs->atomic_count, sizeof(*epochs->atomics));
	epochs->atomics[number] = (struct epoch_atomic){
		.address = operation->address,
		.bytes = (uint32_t)operation->bytes,
		.vector = epoch_add_vector(epochs),
		.next = at->atomics,
	};
	at->atomics = number;
	/* Accesses to it are no longer plain ones. */
	memset(epochs->recent, 0, sizeof(epochs->recent));
	return epochs->atomics[number].vector;
}

/* Whoever reads the variable reads this write: a release sequence goes on only
 * through read-modify-writes. */
static void break_sequences(struct epochs *epochs, uint32_t granule,
			    const struct operation *operation)
{
	uint32_t number = granule_at(epochs, granule)->atomics;

	for (; number > 0; number = epochs->atomics[number].next) {
		const struct epoch_atomic *atomic = &epochs->atomics[number];

		if (ranges_overlap(atomic->address, atomic->bytes,
				   operation->address, operation->bytes))
			epoch_zero(epochs, atomic->vector);
	}
}

static void hand_on(struct epochs *epochs, uint32_t granule,
		    const struct performed *performed, uint32_t from)
{
	uint32_t number = granule_at(epochs, granule)->atomics;

	for (; number > 0; number = epochs->atomics[number].next) {
		const struct epoch_atomic *atomic = &epochs->atomics[number];

		if (ranges_overlap(atomic->address, atomic->bytes,
				   performed->operation.address,
				   performed->operation.bytes))
			epoch_join(epochs, atomic->vector, from);
	}
}

static void read_atomic(struct epochs *epochs, uint32_t granule,
			const struct performed *performed)
{
	const struct operation *operation = &performed->operation;
	uint32_t thread = performed->choice.thread;
	uint32_t from = vector_of_atomic(epochs, granule, operation);

	if (!operation_is_read(operation))
		return;
	if (order_acquires(operation))
		epoch_join(epochs,
			   epoch_of_thread(epochs, thread, EPOCH_SYNCHRONISED),
			   from);
	else if (epochs->fenced)
		epoch_join(epochs,
			   epoch_of_thread(epochs, thread, EPOCH_ACQUIRABLE),
			   from);
}

static void write_atomic(struct epochs *epochs, uint32_t granule,
			 const struct performed *performed)
{
	const struct operation *operation = &performed->operation;
	uint32_t thread = performed->choice.thread;

	if (!operation_is_write(operation) || performed->failed)
		return;
	if (operation->op == OP_ATOMIC_STORE)
		break_sequences(epochs, granule, operation);
	if (order_releases(operation))
		hand_on(epochs, granule, performed,
			epoch_of_thread(epochs, thread, EPOCH_SYNCHRONISED));
	else if (epochs->fenced)
		hand_on(epochs, granule, performed,
			epoch_of_thread(epochs, thread, EPOCH_RELEASED));
}

/* --- Accesses */

static bool is_race(const struct epoch_cell *cell,
		    const struct operation *operation, bool write,
		    const uint32_t *vector)
{
	unsigned traits = op_traits[cell->op];

	return vector[cell->thread] < cell->clock &&
	       (write || (traits & OP_TRAIT_WRITES)) &&
	       !((traits & OP_TRAIT_ATOMIC) && operation_is_atomic(operation));
}

/* What is one access of the event being taken in. */
struct epoch_access {
	size_t event;
	bool write;
	uint8_t op; /* a copy's source is read */
};

/* The cell of accesses like this one; 0 if there is none. */
static uint32_t cell_like(const struct epochs *epochs, uint32_t first,
			  const struct epoch_cell *wanted)
{
	uint32_t at = first;

	while (at > 0 && (epochs->cells[at].thread != wanted->thread ||
			  epochs->cells[at].place != wanted->place ||
			  epochs->cells[at].mask != wanted->mask ||
			  epochs->cells[at].op != wanted->op))
		at = epochs->cells[at].next;
	return at;
}

static void compare_cells(struct engine *engine, uint32_t first,
			  const struct epoch_cell *access, bool write,
			  const uint32_t *vector)
{
	struct epochs *epochs = &engine->epochs;
	const struct operation *operation =
		&engine->log[access->event].operation;

	for (uint32_t at = first; at > 0; at = epochs->cells[at].next) {
		const struct epoch_cell *cell = &epochs->cells[at];

		if (cell->thread != access->thread &&
		    (cell->mask & access->mask) &&
		    is_race(cell, operation, write, vector))
			epoch_add_race(epochs, access->event,
				       race_see_events(engine, cell->event,
						       access->event));
	}
}

static void check_granule(struct engine *engine, uint32_t number, uint8_t mask,
			  const struct epoch_access *access)
{
	struct epochs *epochs = &engine->epochs;
	const struct performed *performed = &engine->log[access->event];
	uint16_t thread = performed->choice.thread;
	const uint32_t *vector = epoch_vector(
		epochs, epoch_of_thread(epochs, thread, EPOCH_SYNCHRONISED));
	struct epoch_granule *granule = granule_at(epochs, number);
	struct epoch_cell cell = {
		.place = performed->operation.place,
		.clock = vector[thread],
		.event = (uint32_t)access->event,
		.thread = thread,
		.mask = mask,
		.op = access->op,
		.stamp = epochs->stamp,
	};
	uint32_t same = cell_like(epochs, granule->cells, &cell);

	if (!same || epochs->cells[same].stamp != epochs->stamp)
		compare_cells(engine, granule->cells, &cell, access->write,
			      vector);
	if (same)
		epoch_touch(epochs, same, cell.clock, cell.event);
	else
		same = epoch_add_cell(epochs, number, &cell);
	/* Atomic ones hand something on as well. */
	*epoch_recent_cell(epochs, performed) =
		operation_is_atomic(&performed->operation) ||
				performed->operation.op != access->op ||
				granule->atomics
			? 0
			: same;
}

/* What is done to a granule with visible bytes. */
static void take_granule(struct engine *engine, uint32_t number, uint8_t mask,
			 const struct epoch_access *access)
{
	const struct operation *operation =
		&engine->log[access->event].operation;

	check_granule(engine, number, mask, access);
	if (access->write && !operation_is_atomic(operation) &&
	    granule_at(&engine->epochs, number)->atomics)
		break_sequences(&engine->epochs, number, operation);
}

static void check_range(struct engine *engine, uintptr_t address,
			uint64_t bytes, const struct epoch_access *access)
{
	const struct visible *visible = &engine->runtime->visible;
	int32_t detail = engine->log[access->event].operation.detail;

	if (detail > 0) {
		take_granule(engine, (uint32_t)detail - 1,
			     granule_mask(address / 8, address, bytes), access);
		return;
	}
	for (uintptr_t granule = address / 8; granule * 8 < address + bytes;
	     granule++) {
		uint32_t number = visible_maybe(visible, granule)
					  ? visible_number(visible, granule)
					  : GRANULE_NONE;

		if (number != GRANULE_NONE)
			take_granule(engine, number,
				     granule_mask(granule, address, bytes),
				     access);
	}
}

void epoch_take_access(struct engine *engine, size_t event)
{
	const struct performed *performed = &engine->log[event];
	const struct operation *operation = &performed->operation;
	struct epoch_access access = {
		.event = event,
		.write = operation_is_write(operation),
		.op = operation->op,
	};
	uint32_t number = GRANULE_NONE;
	bool atomic = operation_is_atomic(operation);

	if (atomic)
		number = visible_number(&engine->runtime->visible,
					operation->address / 8);
	atomic = atomic && number != GRANULE_NONE;
	if (atomic)
		read_atomic(&engine->epochs, number, performed);
	check_range(engine, operation->address, operation->bytes, &access);
	if (atomic)
		write_atomic(&engine->epochs, number, performed);
	if (operation->op != OP_COPY)
		return;
	access.write = false;
	access.op = OP_READ;
	check_range(engine, operation->source, operation->bytes, &access);
}
