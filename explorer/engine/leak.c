/*
 * Leaks. See leak.h.
 */
#include "engine/leak.h"

#include "base/memory.h"
#include "engine/heap_finding.h"
#include "runtime/reach.h"

/* The first lost block from a place stands for the others. */
static bool is_first(const struct lost_blocks *lost, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (lost->at[i].block->place == lost->at[index].block->place)
			return false;
	return true;
}

static void see(struct engine *engine, const struct thread *thread,
		const struct lost_blocks *lost, size_t first)
{
	uintptr_t place = lost->at[first].block->place;
	uintptr_t start = lost->at[first].block->start;
	struct part part = {.thread = thread->number,
			    .holder = THREADS_MAX,
			    .target = THREADS_MAX,
			    .operation = {.op = OP_FREE,
					  .order = ORDER_PLAIN,
					  .address = start,
					  .place = place}};
	size_t known = engine->findings.count;
	struct block_facts facts = heap_finding_facts(engine->runtime, start);

	findings_see(&engine->findings, FINDING_LEAK, place, engine->depth,
		     &part, 1);
	if (engine->findings.count == known)
		return;
	facts.bytes = 0;
	for (size_t i = first; i < lost->count; i++) {
		if (lost->at[i].block->place != place)
			continue;
		facts.blocks++;
		facts.bytes += lost->at[i].block->bytes;
	}
	engine->findings.at[known].block = facts;
}

void leak_find(struct engine *engine, const struct thread *thread)
{
	struct lost_blocks lost = reach_lost(engine->runtime, thread);

	for (size_t i = 0; i < lost.count; i++)
		if (is_first(&lost, i))
			see(engine, thread, &lost, i);
	memory_free(lost.at, lost.capacity * sizeof(*lost.at));
}
