/*
 * Heap findings. See heap_finding.h.
 */
#include "engine/heap_finding.h"

#include "base/hash.h"
#include "engine/dependence.h"
#include "runtime/heap_check.h"

/* The number of the thread that a slot belongs to. */
static uint32_t thread_of_slot(const struct runtime_state *state, uint32_t slot)
{
	for (uint32_t i = 0; i < state->count; i++)
		if (state->threads[i].slot == slot)
			return i;
	return NO_THREAD;
}

static struct block_facts facts_of(const struct runtime *runtime,
				   const struct heap_sight *sight)
{
	const struct runtime_state *state = &runtime->state;
	const struct heap_block *block = &sight->block;

	if (sight->number == 0)
		return (struct block_facts){.known = false};
	return (struct block_facts){
		.known = true,
		.offset = sight->offset,
		.bytes = block->bytes,
		.allocated_by = thread_of_slot(state, sight->slot),
		.allocated_at = block->place,
		.freed = block->freed,
		.freed_by = block->freed
				    ? thread_of_slot(state, block->freed_by)
				    : NO_THREAD,
		.freed_at = block->freed_place,
		.calls = block_calls_of(&runtime->block_calls, block->start),
	};
}

struct block_facts heap_finding_facts(const struct runtime *runtime,
				      uintptr_t address)
{
	struct heap_sight sight;

	if (!heap_covers(address))
		return (struct block_facts){.known = false};
	sight = heap_look(&runtime->world.heap, address);
	return facts_of(runtime, &sight);
}

/* The same place in the code with a block from the same place. */
static uint64_t key_of(const struct heap_error *error)
{
	return hash_mix(error->operation.place, error->sight.block.place);
}

static enum finding_kind kind_of(enum heap_error_kind kind)
{
	switch (kind) {
	case HEAP_ERROR_FREED:
		return FINDING_USE_AFTER_FREE;
	case HEAP_ERROR_BEYOND:
		return FINDING_OUT_OF_BOUNDS;
	case HEAP_ERROR_FREED_TWICE:
		return FINDING_DOUBLE_FREE;
	case HEAP_ERROR_FREED_NO_BLOCK:
		return FINDING_INVALID_FREE;
	case HEAP_ERROR_UNWRITTEN:
		return FINDING_UNINITIALISED_READ;
	}
	return FINDING_COUNT;
}

static void see(void *context, const struct heap_error *error)
{
	struct engine *engine = context;
	struct part part = {.thread = error->thread->number,
			    .holder = THREADS_MAX,
			    .target = THREADS_MAX,
			    .operation = error->operation};
	uint32_t known = (uint32_t)engine->findings.count;
	uint32_t finding;

	if (engine->repeating)
		return;
	finding = findings_see(&engine->findings, kind_of(error->kind),
			       key_of(error), engine->depth, &part, 1);
	if (engine->findings.count > known)
		engine->findings.at[known].block =
			facts_of(engine->runtime, &error->sight);
	details_add_pending(engine, finding);
}

void heap_finding_listen(struct engine *engine)
{
	engine->runtime->heap_error = see;
	engine->runtime->heap_error_context = engine;
}

static void check_range(struct engine *engine, const struct thread *thread,
			uintptr_t address)
{
	const struct operation *operation = &thread->pending;
	/* Of a lock, a semaphore or a futex that lies in a block, the first
	 * byte: there "bytes" may be something else. */
	size_t bytes = operation_is_access(operation) && operation->bytes
			       ? operation->bytes
			       : 1;

	if (!heap_check_passes(engine->runtime, address, bytes))
		heap_check_tell(engine->runtime, thread, operation, address,
				bytes);
}

/* A lock, a semaphore or the like that lies in a block is touched by who uses
 * it: so it is learned that to free the block is to be seen by others. */
static void note_object(struct engine *engine, const struct thread *thread)
{
	const struct operation *operation = &thread->pending;
	struct touches *touches = &engine->runtime->touches;
	size_t known = touches->count + touches->range_count;

	if (operation_is_access(operation) || !heap_covers(operation->address))
		return;
	touches_note(touches, thread->context, operation->address, 1, false);
	if (touches->count + touches->range_count != known)
		engine->runtime->entangled |= ENTANGLED;
}

void heap_finding_check(struct engine *engine, const struct thread *thread)
{
	const struct operation *operation = &thread->pending;

	/* free() sees to it by itself, and who leaves a barrier does not touch
	 * it: it may be gone already. */
	if (operation->op == OP_FREE || operation->op == OP_BARRIER_LEAVE ||
	    engine->repeating)
		return;
	note_object(engine, thread);
	check_range(engine, thread, operation->address);
	if (operation->op == OP_COPY)
		check_range(engine, thread, operation->source);
}
