/*
 * What private accesses leave behind. See private_access.h.
 */
#include "runtime/private_access.h"

#include "runtime/frame_check.h"
#include "runtime/heap_check.h"

void private_access_note_of(struct runtime *runtime,
			    const struct thread *thread, uintptr_t address,
			    size_t bytes, bool write)
{
	struct touches *touches = &runtime->touches;
	size_t known = touches->count + touches->range_count;

	runtime->busy = true;
	touches_note(touches, thread->context, address, bytes, write);
	if (touches->count + touches->range_count != known)
		runtime->entangled |= ENTANGLED;
	lent_note(&runtime->lent, thread->slot, address, bytes);
	runtime->busy = false;
}

void private_access_note(struct runtime *runtime, uintptr_t address,
			 size_t bytes, bool write)
{
	private_access_note_of(runtime, runtime->current, address, bytes,
			       write);
}

/* It depends on what was noted before how far that goes. */
void private_access_note_far(struct runtime *runtime, uintptr_t address,
			     size_t bytes, bool write)
{
	DEAD_STACK_SKIP;
	private_access_note(runtime, address, bytes, write);
	DEAD_REGISTERS_CLEAR;
}

bool private_access_check(struct runtime *runtime,
			  const struct operation *operation)
{
	heap_check_private(runtime, operation);
	return !frame_check_private(runtime, operation);
}

void private_access_written(struct runtime *runtime, uintptr_t address,
			    size_t bytes)
{
	struct thread *thread = runtime->current;
	struct spin_written *written = runtime->spin_written[thread->number];

	if (!thread->spin_watched || stacks_slot(address) == thread->slot)
		return;
	thread->spin_wrote |= SPIN_WROTE_KNOWN;
	for (uint32_t i = 0; i < written->count; i++)
		if (written->at[i].address == address &&
		    written->at[i].bytes == bytes)
			return;
	if (written->count == SPIN_WRITTEN_MAX ||
	    bytes > SPIN_WRITTEN_BYTES_MAX) {
		thread->spin_wrote |= SPIN_WROTE_UNKNOWN;
		return;
	}
	written->at[written->count].address = address;
	written->at[written->count++].bytes = bytes;
	written->grown = true;
}
