/*
 * Reads-from and lost updates. See history.h.
 *
 * Kept by granules of 8 bytes. As long as all accesses to a granule are to the
 * same bytes of it, one cell stands for them; when another access comes, each
 * byte gets a cell of its own.
 */
#include "engine/history.h"

#include <string.h>

#include "base/memory.h"
#include "engine/dependence.h"
#include "engine/engine.h"

#define SET_WORDS (THREADS_MAX / 64)

/* Some bytes that are always accessed together. Of the sets of threads only the
 * first `words` words are in use, one at least; threads in the others have not
 * read. */
struct cell {
	uint64_t writer; /* step of the last write + 1; 0: none */
	uint32_t words;
	uint64_t has_read[SET_WORDS]; /* threads that have read them */
	uint64_t stale[SET_WORDS];    /* another thread wrote since they did */
};

/* Invariant: if not split, cells[0] stands for the bytes offset .. offset +
 * bytes - 1, and no others were accessed; else cells[i] for byte i. */
struct granule_history {
	uint64_t execution; /* others count as empty */
	uint8_t offset;
	uint8_t bytes;
	bool split;
	struct cell cells[8];
};

void history_begin(struct history *history, const struct visible *visible)
{
	history->execution++;
	history->visible = visible;
}

static void cell_clear(struct cell *cell)
{
	cell->writer = 0;
	cell->words = 1;
	cell->has_read[0] = 0;
	cell->stale[0] = 0;
}

static void split(struct granule_history *granule)
{
	struct cell whole = granule->cells[0];

	for (unsigned i = 0; i < 8; i++)
		cell_clear(&granule->cells[i]);
	for (unsigned i = 0; i < granule->bytes; i++)
		granule->cells[granule->offset + i] = whole;
	granule->split = true;
}

/* The cells that stand for these bytes of a granule: *ret_count of them. */
static inline struct cell *cells_of(struct history *history, uint32_t number,
				    unsigned offset, unsigned bytes,
				    unsigned *ret_count)
{
	struct granule_history *granule;

	/* A block may have come since the execution began. */
	memory_reserve((void **)&history->at, &history->capacity,
		       (size_t)number + 1, sizeof(*history->at));
	granule = &history->at[number];
	*ret_count = 1;
	if (granule->execution != history->execution) {
		granule->execution = history->execution;
		granule->offset = (uint8_t)offset;
		granule->bytes = (uint8_t)bytes;
		granule->split = false;
		cell_clear(&granule->cells[0]);
		return &granule->cells[0];
	}
	if (!granule->split &&
	    (granule->offset != offset || granule->bytes != bytes))
		split(granule);
	if (!granule->split)
		return &granule->cells[0];
	*ret_count = bytes;
	return &granule->cells[offset];
}

static void note_read(struct cell *cell, uint32_t thread)
{
	uint32_t word = thread / 64;
	uint64_t bit = (uint64_t)1 << thread % 64;

	for (; cell->words <= word; cell->words++) {
		cell->has_read[cell->words] = 0;
		cell->stale[cell->words] = 0;
	}
	cell->has_read[word] |= bit;
	cell->stale[word] &= ~bit;
}

static bool is_stale(const struct cell *cell, uint32_t thread)
{
	uint32_t word = thread / 64;

	return word < cell->words && cell->has_read[word] & cell->stale[word] &
					     (uint64_t)1 << thread % 64;
}

/* A thread's own write leaves what it knows as it was. */
static void note_write(struct cell *cell, uint32_t thread, uint64_t step)
{
	bool was_stale = is_stale(cell, thread);
	uint32_t word = thread / 64;

	for (uint32_t i = 0; i < cell->words; i++)
		cell->stale[i] = UINT64_MAX;
	if (!was_stale && word < cell->words)
		cell->stale[word] &= ~((uint64_t)1 << thread % 64);
	cell->writer = step + 1;
}

/* What an operation does to one of its ranges. */
struct use {
	uint32_t thread;
	uint64_t step;
	bool reads;
	bool writes;
	bool plain;
	bool wants_source; /* to know which write is read */
};

static void use_wide_cell(struct cell *cell, const struct use *use,
			  struct verdict_of_access *verdict)
{
	if (use->writes && use->plain && is_stale(cell, use->thread))
		verdict->lost_update = true;
	if (use->reads)
		note_read(cell, use->thread);
	if (use->writes)
		note_write(cell, use->thread, use->step);
}

/* The same where all who have read are among the first 64 threads, nearly
 * always. No jump depends on who reads and who writes: a processor could not
 * foresee it. */
static inline void use_narrow_cell(struct cell *cell, const struct use *use,
				   struct verdict_of_access *verdict)
{
	uint64_t bit = (uint64_t)1 << use->thread;
	uint64_t reads = -(uint64_t)use->reads;
	uint64_t writes = -(uint64_t)use->writes;
	uint64_t has_read = cell->has_read[0];
	uint64_t stale = cell->stale[0];

	verdict->lost_update |=
		use->writes & use->plain & ((has_read & stale & bit) != 0);
	has_read |= bit & reads;
	stale &= ~(bit & reads);
	cell->has_read[0] = has_read;
	cell->stale[0] =
		(stale & ~writes) | (writes & ~(bit & ~(has_read & stale)));
	cell->writer = use->writes ? use->step + 1 : cell->writer;
}

static inline void use_cell(struct cell *cell, const struct use *use,
			    bool first, struct verdict_of_access *verdict)
{
	if (use->wants_source && use->reads && first && cell->writer)
		verdict->reads_from = cell->writer - 1;
	if (cell->words == 1 && use->thread < 64)
		use_narrow_cell(cell, use, verdict);
	else
		use_wide_cell(cell, use, verdict);
}

static inline void use_granule(struct history *history, uint32_t number,
			       unsigned offset, unsigned bytes,
			       const struct use *use, bool first,
			       struct verdict_of_access *verdict)
{
	unsigned count;
	struct cell *cells = cells_of(history, number, offset, bytes, &count);

	for (unsigned i = 0; i < count; i++)
		use_cell(&cells[i], use, first && i == 0, verdict);
}

static void use_range(struct history *history, uintptr_t address,
		      uint64_t bytes, const struct use *use,
		      struct verdict_of_access *verdict)
{
	uintptr_t start = address;

	while (bytes > 0) {
		uint32_t number = visible_number(history->visible, address / 8);
		unsigned piece = 8 - address % 8;

		if (piece > bytes)
			piece = (unsigned)bytes;
		if (number != GRANULE_NONE)
			use_granule(history, number, address % 8, piece, use,
				    address == start, verdict);
		address += piece;
		bytes -= piece;
	}
}

static inline struct verdict_of_access add(struct history *history,
					   const struct operation *operation,
					   enum op op, struct use use)
{
	struct verdict_of_access verdict = {.reads_from = EVENT_NONE};

	use.reads = true;

	if (op == OP_COPY)
		use_range(history, operation->source, operation->bytes, &use,
			  &verdict);
	use.reads = op_traits[op] & OP_TRAIT_READS;
	use.writes = op_traits[op] & OP_TRAIT_WRITES;
	use.plain = op == OP_WRITE || op == OP_COPY;
	if (operation->detail > 0)
		use_granule(history, (uint32_t)operation->detail - 1,
			    operation->address % 8, (unsigned)operation->bytes,
			    &use, true, &verdict);
	else
		use_range(history, operation->address, operation->bytes, &use,
			  &verdict);
	return verdict;
}

/* A compare-exchange that stored nothing was a load. */
static enum op effective_op(const struct performed *performed)
{
	return performed->failed && performed->operation.op == OP_ATOMIC_COMPARE
		       ? OP_ATOMIC_LOAD
		       : performed->operation.op;
}

struct verdict_of_access history_add(struct history *history,
				     const struct performed *performed,
				     uint64_t step)
{
	return add(history, &performed->operation, effective_op(performed),
		   (struct use){.thread = performed->choice.thread,
				.step = step,
				.wants_source = true});
}

/* --- Lost updates alone, which are looked for in every execution */

/* The cell of a plain access of one of the first 64 threads that is like those
 * before it; NULL of others. */
static inline struct cell *cell_at_once(struct history *history,
					const struct performed *performed)
{
	const struct operation *operation = &performed->operation;
	size_t number = (size_t)(uint32_t)operation->detail - 1;
	struct granule_history *granule;

	if (number >= history->capacity ||
	    (operation->op != OP_READ && operation->op != OP_WRITE))
		return NULL;
	granule = &history->at[number];
	if ((granule->execution ^ history->execution) |
	    (granule->offset ^ (operation->address % 8)) |
	    (granule->bytes ^ operation->bytes) | granule->split |
	    (granule->cells[0].words ^ 1U) | performed->choice.thread / 64U)
		return NULL;
	return &granule->cells[0];
}

static inline bool loses_at_once(struct cell *cell,
				 const struct performed *performed,
				 unsigned traits, uint64_t step)
{
	struct verdict_of_access verdict = {.lost_update = false};
	struct use use = {.thread = performed->choice.thread,
			  .step = step,
			  .reads = traits & OP_TRAIT_READS,
			  .writes = traits & OP_TRAIT_WRITES,
			  .plain = traits & OP_TRAIT_WRITES};

	use_narrow_cell(cell, &use, &verdict);
	return verdict.lost_update;
}

static __attribute__((noinline)) bool
loses(struct history *history, const struct performed *performed, uint64_t step)
{
	return add(history, &performed->operation, effective_op(performed),
		   (struct use){.thread = performed->choice.thread,
				.step = step})
		.lost_update;
}

/* Only these lose updates: where all is atomic, none is lost. */
static bool has_plain_write(const struct performed *log, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (log[i].operation.op == OP_WRITE ||
		    log[i].operation.op == OP_COPY)
			return true;
	return false;
}

bool history_loses_update(struct history *history, const struct performed *log,
			  size_t count)
{
	/* Most executions begin like the one before. */
	if (history->lost_by > 0)
		return true;
	if (!has_plain_write(log, count))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct performed *performed = &log[i];
		unsigned traits = op_traits[performed->operation.op];
		struct cell *cell;

		if (!(traits & OP_TRAIT_ACCESS))
			continue;
		cell = cell_at_once(history, performed);
		if (!(cell ? loses_at_once(cell, performed, traits, i)
			   : loses(history, performed, i)))
			continue;
		history->lost_by = i + 1;
		return true;
	}
	return false;
}
