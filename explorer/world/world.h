/*
 * The world: everything that the program can see or change, as a value.
 *
 *     pages      writable segments of all modules, the heap     (pages.h)
 *     pieces     live parts of green stacks, the runtime's state: whatever the
 *                engine names when it saves
 *     output     how much was written so far                    (output.h)
 *     clock      virtual nanoseconds
 *     input      how far standard input was read
 *
 * world_protect() begins a level that world_restore() goes back to at the cost
 * of the pages written since. In between, snapshots can be taken and loaded.
 */
#ifndef EXPLORER_WORLD_WORLD_H
#define EXPLORER_WORLD_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "world/heap.h"
#include "world/output.h"
#include "world/pages.h"
#include "world/segments.h"
#include "world/stacks.h"
#include "world/tls.h"

/* The virtual clock starts at 2000-01-01 00:00:00 UTC. */
#define CLOCK_START_NS ((uint64_t)946684800 * 1000000000)

struct world {
	struct pages pages;
	struct modules modules;
	struct heap heap;
	struct stacks stacks;
	struct tls tls;
	struct output output;
	uint64_t clock_ns;
	bool input_in_use; /* standard input has been read: rewind it too */
	bool no_offset;	   /* standard input is a pipe, say, or closed */
};

/* Memory that a snapshot is to include. */
struct piece {
	void *start;
	size_t bytes;
};

/* A saved world. Zeroed is valid and empty. */
struct snapshot {
	struct buffer pages;
	struct buffer pieces; /* struct piece, then its bytes, each */
	size_t output_length;
	uint64_t clock_ns;
	int64_t input_offset;
};

/* Sets up what must stand before the program's first allocation. */
void world_init(struct world *world);

/* Takes in the process as it is: modules, their segments, thread-local
 * storage, output, and what of a thread must be kept apart. Called when the
 * program is about to start. Returns 0, or -1 where memory is short or
 * thread-local storage cannot be had. */
int world_take(struct world *world);

/* Begins a level (see pages.h) and saves the rest into *snapshot. */
void world_protect(struct world *world, struct snapshot *snapshot,
		   const struct piece *pieces, size_t count);
/* Goes back to when `level` began, which *snapshot was saved with. */
void world_restore(struct world *world, unsigned level,
		   const struct snapshot *snapshot);

/* Saves the world within the topmost level, and goes back to it. */
void world_save(struct world *world, struct snapshot *snapshot,
		const struct piece *pieces, size_t count);
void world_load(struct world *world, const struct snapshot *snapshot);

void snapshot_fini(struct snapshot *snapshot);

/* Identifies the state of the world, pieces included; equal worlds within one
 * level have equal digests. */
uint64_t world_digest(const struct world *world, const struct piece *pieces,
		      size_t count);

/* Whether these bytes are the program's, and can be read. */
bool world_holds(const struct world *world, uintptr_t address, size_t bytes);

/* Notes whether standard input has been read; once it has, every restore
 * rewinds it. To be called at the end of each execution, or at least the second
 * one, which asks the kernel only if libc has a buffer for it. */
void world_check_input(struct world *world);
void world_note_input(struct world *world);

#endif
