/*
 * Who allocated and freed blocks, and who called them. See block_calls.h.
 */
#include "runtime/block_calls.h"

#include "base/memory.h"
#include "runtime/call_chain.h"
#include "runtime/thing.h"

void block_calls_clear(struct block_calls *calls)
{
	map_clear(&calls->known);
	calls->count = 0;
}

/* The block's entry, made if there is none; NULL if there is no room. */
static struct block_call *entry_of(struct block_calls *calls, uintptr_t block)
{
	uint64_t *index = map_get(&calls->known, block);

	if (index)
		return &calls->at[*index - 1];
	if (calls->count == BLOCK_CALLS_MAX)
		return NULL;
	memory_reserve((void **)&calls->at, &calls->capacity, calls->count + 1,
		       sizeof(*calls->at));
	calls->at[calls->count] = (struct block_call){.allocated.count = 0};
	*map_put(&calls->known, block) = ++calls->count;
	return &calls->at[calls->count - 1];
}

static struct block_frames frames_here(const struct runtime *runtime)
{
	struct call_frame frames[CALL_CHAIN_MAX];
	struct block_frames here = {.count = 0};
	unsigned count = call_chain(runtime, runtime->current, frames);

	while (here.count < count && here.count < BLOCK_FRAMES_MAX) {
		here.places[here.count] = frames[here.count].place;
		here.count++;
	}
	return here;
}

void block_calls_allocated(struct runtime *runtime, uintptr_t block)
{
	struct block_call *entry = entry_of(&runtime->block_calls, block);

	if (!entry)
		return;
	entry->allocated = frames_here(runtime);
	entry->freed.count = 0;
}

void block_calls_freed(struct runtime *runtime, uintptr_t block)
{
	bool busy = runtime->busy;
	struct block_call *entry;

	runtime->busy = true;
	entry = entry_of(&runtime->block_calls, block);
	if (entry)
		entry->freed = frames_here(runtime);
	runtime->busy = busy;
}

struct block_call block_calls_of(const struct block_calls *calls,
				 uintptr_t block)
{
	const uint64_t *index = map_get(&calls->known, block);

	return index ? calls->at[*index - 1]
		     : (struct block_call){.allocated.count = 0};
}

/* A thread goes by the address that stands for its end: no block lies there. */
static uintptr_t address_of(const struct thread *thread)
{
	return thing_address(THING_END, thread->slot);
}

void block_calls_create(struct runtime *runtime, const struct thread *created)
{
	if (runtime->block_calls.on)
		block_calls_allocated(runtime, address_of(created));
}

struct block_frames block_calls_created(const struct runtime *runtime,
					const struct thread *thread)
{
	return block_calls_of(&runtime->block_calls, address_of(thread))
		.allocated;
}
