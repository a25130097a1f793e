/*
 * Heap findings: what runtime/heap_check.h sees, as findings of the execution
 * under way.
 */
#ifndef EXPLORER_ENGINE_HEAP_FINDING_H
#define EXPLORER_ENGINE_HEAP_FINDING_H

#include "engine/engine.h"

/* Has the runtime tell this engine. */
void heap_finding_listen(struct engine *engine);

/* The block that holds an address; not known if none does. */
struct block_facts heap_finding_facts(const struct runtime *runtime,
				      uintptr_t address);

/* A step of this thread is about to be performed whose operation is in the
 * heap. */
void heap_finding_check(struct engine *engine, const struct thread *thread);

/* Whether a step needs that check. Who leaves a barrier does not touch it any
 * more: another one that has left may have freed it. */
static inline bool heap_finding_concerns(const struct operation *operation)
{
	return (heap_covers(operation->address) ||
		heap_covers(operation->source)) &&
	       operation->op != OP_BARRIER_LEAVE;
}

#endif
