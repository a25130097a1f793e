/*
 * Copies, of structs and by libc. See memory.h.
 */
#include "runtime/memory.h"

#include "runtime/announce.h"
#include "runtime/private_access.h"

ON_FIBER bool memory_copy_note(struct runtime *runtime,
			       const struct copy_call *call)
{
	struct thread *thread = runtime->current;

	if (!visible_overlaps(&runtime->visible, (uintptr_t)call->address,
			      call->bytes) &&
	    !runtime->world.heap.notes_unwritten)
		return false;
	thread->copy_address = (uintptr_t)call->address;
	thread->copy_bytes = call->bytes;
	/* Has the very next access take the slow path, whatever it is. */
	runtime->private_held = runtime->private_left;
	runtime->private_left = 1;
	return true;
}

ON_FIBER void memory_copy_ends(struct runtime *runtime, uintptr_t from,
			       uintptr_t place)
{
	struct thread *thread = runtime->current;
	uint64_t bytes = thread->copy_bytes;

	thread->copy_bytes = 0;
	runtime->private_left = runtime->private_held;
	memory_copy(runtime, thread->copy_address, from, bytes, place);
}

/* What nobody has written may be copied, as long as nobody looks at it. */
static void copy_contents(struct runtime *runtime, uintptr_t to, uintptr_t from,
			  size_t bytes)
{
	struct heap *heap = &runtime->world.heap;

	if (!heap->notes_unwritten || !heap_covers(to))
		return;
	runtime->busy = true;
	if (heap_allows(heap, to, bytes)) {
		if (heap_covers(from) && heap_allows(heap, from, bytes))
			unwritten_copy(heap, to, from, bytes);
		else
			unwritten_end(heap, to, bytes);
	}
	runtime->busy = false;
}

static void check_private_range(struct runtime *runtime, uintptr_t address,
				size_t bytes, enum op op, uintptr_t place)
{
	private_access_check(runtime, &(struct operation){.op = (uint8_t)op,
							  .order = ORDER_PLAIN,
							  .address = address,
							  .bytes = bytes,
							  .place = place});
}

ON_FIBER void memory_copy(struct runtime *runtime, uintptr_t to, uintptr_t from,
			  size_t bytes, uintptr_t place)
{
	const struct visible *visible = &runtime->visible;
	bool reads = visible_overlaps(visible, from, bytes);
	bool writes = visible_overlaps(visible, to, bytes);

	if (bytes == 0)
		return;
	private_access_note_far(runtime, from, bytes, false);
	private_access_note_far(runtime, to, bytes, true);
	runtime_note_private(runtime);
	if (!reads)
		check_private_range(runtime, from, bytes, OP_READ, place);
	if (!writes)
		check_private_range(runtime, to, bytes, OP_WRITE, place);
	if (reads || writes)
		runtime_announce(runtime,
				 &(struct operation){
					 .op = !writes	? OP_READ
					       : !reads ? OP_WRITE
							: OP_COPY,
					 .order = ORDER_PLAIN,
					 .address = writes ? to : from,
					 .source = reads && writes ? from : 0,
					 .bytes = bytes,
					 .place = place});
	copy_contents(runtime, to, from, bytes);
}
