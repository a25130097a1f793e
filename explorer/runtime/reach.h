/*
 * Which heap blocks the program has lost: nothing that it can still get at
 * points to them.
 *
 * From what it can get at, every word that looks like an address is followed:
 * variables of all modules, thread-local ones, live stacks with the registers
 * that lie on them, thread-specific values, and what libc has allocated for
 * itself. An address anywhere within a block counts. So a block may be taken
 * for reachable that is not, and hardly ever the other way round: only where
 * the program keeps the sole address in another form.
 */
#ifndef EXPLORER_RUNTIME_REACH_H
#define EXPLORER_RUNTIME_REACH_H

#include "runtime/runtime.h"

/* A block that was lost, and is not only pointed to by others that were. */
struct lost_block {
	uint32_t slot;
	const struct heap_block *block;
};

struct lost_blocks {
	struct lost_block *at; /* by slot and number; memory_free() it */
	size_t count;
	size_t capacity;
};

/* What is lost when `thread` has ended the process, its handlers done. */
struct lost_blocks reach_lost(struct runtime *runtime,
			      const struct thread *thread);

#endif
