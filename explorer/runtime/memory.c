/*
 * Accesses to memory. See memory.h.
 */
#include "runtime/memory.h"

#include "runtime/announce.h"
#include "runtime/cancel.h"
#include "runtime/private_access.h"

static bool is_write(enum op op)
{
	return op != OP_READ && op != OP_ATOMIC_LOAD;
}

/* A great many private accesses in a row: perhaps the thread waits for another
 * one's private write. Others may run, and the command may interrupt. */
ON_FIBER static void spin(struct runtime *runtime, uintptr_t place)
{
	runtime_announce(runtime, &(struct operation){.op = OP_SPIN,
						      .order = ORDER_PLAIN,
						      .place = place});
}

/* If the access lies in one granule and all its bytes are visible: the
 * granule's number + 1; else 0. */
static inline uint32_t visible_throughout(const struct runtime *runtime,
					  uintptr_t address, size_t bytes)
{
	const struct visible_granule *known =
		visible_get_at_once(&runtime->visible, address / 8);
	/* What goes beyond the granule fits no mask of eight bits. */
	uint64_t wanted = bytes <= 8 ? (UINT64_C(1) << bytes) - 1 : UINT64_MAX;

	if (!known || (known->mask >> address % 8 & wanted) != wanted)
		return 0;
	return (uint32_t)(known - runtime->visible.granules) + 1;
}

/* Waits for the access's turn, if any of its memory is visible: true. */
ON_FIBER static bool access_any(struct runtime *runtime,
				const struct atomic_access *access)
{
	uint32_t number =
		visible_throughout(runtime, access->address, access->bytes);

	struct operation operation = {.op = (uint8_t)access->op,
				      .detail = (int32_t)number,
				      .order = (uint8_t)access->order,
				      .address = access->address,
				      .source = access->failure_order,
				      .bytes = access->bytes,
				      .place = access->place};

	if (number == 0) {
		/* Next time it will be known: what that leaves below the stack
		 * pointer is not what this leaves there. */
		runtime->entangled |= ENTANGLED;
		/* Bytes that are private still may turn out to be shared with
		 * another, smaller access. */
		private_access_note_far(runtime, access->address, access->bytes,
					is_write(access->op));
		if (!visible_overlaps(&runtime->visible, access->address,
				      access->bytes)) {
			private_access_check(runtime, &operation);
			heap_check_performed(runtime, &operation);
			return false;
		}
	}
	runtime_announce(runtime, &operation);
	heap_check_performed(runtime, &operation);
	return true;
}

/* An access to the heap that has been noted before, and is allowed still?
 * While it is noted what nobody has written, every access comes here, those to
 * other memory as well. */
static bool is_allowed_again(struct runtime *runtime,
			     const struct operation *operation, uint64_t key)
{
	struct touches *touches = &runtime->touches;
	struct heap *heap = &runtime->world.heap;
	uint64_t heap_key = key + heap->epoch;

	if (touches->recent[touch_slot(key)] != key)
		return false;
	if (!heap_checks(heap, operation->address))
		return heap->notes_unwritten;
	if (touches->recent_in_heap[touch_slot(heap_key)] == heap_key)
		return true;
	if (!heap_allows(heap, operation->address, operation->bytes))
		return false;
	heap_check_performed(runtime, operation);
	touches->recent_in_heap[touch_slot(heap_key)] = heap_key;
	return true;
}

/* After a good deal of private accesses a thread all of which take the slow
 * path announces a spin, too. */
static void count_slow(struct runtime *runtime)
{
	if (runtime_is_slow(runtime->current) && runtime->private_left == 0 &&
	    --runtime->spin_private_left > 0)
		runtime->private_left = 1;
}

/* A thread that may be cancelled at any time is about to store. Where that is
 * an operation it is looked for there. */
ON_FIBER static void look_before_store(struct runtime *runtime,
				       uintptr_t address, size_t bytes,
				       uintptr_t place)
{
	if (cancel_may_precede(runtime, address) &&
	    !visible_overlaps(&runtime->visible, address, bytes))
		cancel_between(runtime, place);
}

/* Deals with a private access. Returns false if it is none. */
static bool settle_private(struct runtime *runtime,
			   const struct late_access *access)
{
	uint64_t key = touch_key(access->address, access->bytes, access->write,
				 runtime->current->context);
	struct operation operation = {
		.op = access->write ? OP_WRITE : OP_READ,
		.order = ORDER_PLAIN,
		.address = access->address,
		.bytes = access->bytes,
		.place = access->place,
	};

	if (is_allowed_again(runtime, &operation, key))
		return true;
	if (access->address == runtime->shared_errno) {
		runtime->touches.recent[touch_slot(key)] = key;
		return true;
	}
	if (visible_overlaps(&runtime->visible, access->address, access->bytes))
		return false;
	runtime->entangled |= ENTANGLED;
	private_access_note(runtime, access->address, access->bytes,
			    access->write);
	/* Only private ones are known next time: of an access that begins in a
	 * private granule and ends in a visible one, that is not seen at a
	 * glance. */
	if (visible_overlaps(&runtime->visible, access->address, access->bytes))
		return false;
	heap_check_performed(runtime, &operation);
	/* What must not be is told of in each execution. */
	if (private_access_check(runtime, &operation))
		runtime->touches.recent[touch_slot(key)] = key;
	return true;
}

static __attribute__((noinline)) bool settle(struct runtime *runtime,
					     const struct late_access *access)
{
	struct thread *thread = runtime->current;

	if (thread->copy_bytes > 0)
		return false;
	/* Who is known at a glance has been counted there: how many accesses it
	 * is until a thread gives way must not go by what is known. */
	if (runtime->private_left > 0)
		runtime->private_left--;
	if (thread->spin_watched && access->write)
		private_access_written(runtime, access->address, access->bytes);
	count_slow(runtime);
	if (access->write && cancel_may_precede(runtime, access->address))
		return false;
	return runtime->private_left > 0 && settle_private(runtime, access);
}

/* Deals with an access that is private. Returns NULL if it was; else the
 * runtime, whose `late` the access is: its caller need keep nothing. */
static __attribute__((noinline, used)) struct runtime *
memory_settle(struct runtime *runtime, uintptr_t address, size_t bytes,
	      bool write, uintptr_t place)
{
	runtime->late = (struct late_access){address, bytes, place, write};
	return settle(runtime, &runtime->late) ? NULL : runtime;
}

static __attribute__((noinline)) bool
settle_private_far(struct runtime *runtime, const struct late_access *access)
{
	DEAD_STACK_SKIP;
	return settle_private(runtime, access);
}

/* An access that has to wait for its turn, itself or the thread. */
ON_FIBER static __attribute__((noinline, used)) void
memory_access_late(struct runtime *runtime)
{
	struct late_access access = runtime->late;

	if (runtime->current->copy_bytes > 0) {
		memory_copy_ends(runtime, access.address, access.place);
		return;
	}
	if (runtime->private_left == 0) {
		runtime->private_left = PRIVATE_ACCESSES_MAX;
		spin(runtime, access.place);
		if (settle_private_far(runtime, &access))
			return;
	}
	if (access.write && cancel_may_precede(runtime, access.address)) {
		look_before_store(runtime, access.address, access.bytes,
				  access.place);
		if (settle_private_far(runtime, &access))
			return;
	}
	access_any(runtime, &(struct atomic_access){
				    .address = access.address,
				    .bytes = (uint32_t)access.bytes,
				    .op = access.write ? OP_WRITE : OP_READ,
				    .order = ORDER_PLAIN,
				    .place = access.place,
			    });
}

/* Where nothing is left to do, not a byte of the stack is otherwise than if the
 * access had been known. */
#ifdef DEAD_STACK_FORWARD
DEAD_STACK_FORWARD(memory_access_new, memory_settle, memory_access_late);
#else
ON_FIBER void memory_access_new(struct runtime *runtime, uintptr_t address,
				size_t bytes, bool write, uintptr_t place)
{
	if (memory_settle(runtime, address, bytes, write, place))
		memory_access_late(runtime);
}
#endif

ON_FIBER void memory_access_visible(struct runtime *runtime, uintptr_t address,
				    size_t bytes, bool write, uintptr_t place)
{
	uint32_t number = runtime->current->copy_bytes > 0
				  ? 0
				  : visible_throughout(runtime, address, bytes);

	struct operation *pending = &runtime->current->pending;

	if (number == 0) {
		memory_access_new(runtime, address, bytes, write, place);
		return;
	}
	pending->address = address;
	pending->source = 0;
	pending->place = place;
	pending->bytes = bytes;
	pending->kind = operation_kind(write ? OP_WRITE : OP_READ, ORDER_PLAIN,
				       0, (int32_t)number);
	runtime_await_turn(runtime);
}

/* What has been counted of private accesses since the thread went on. */
static uint64_t accesses_left(const struct runtime *runtime)
{
	return runtime->private_left + runtime->spin_private_left;
}

/* A loop may have private atomic operations and nothing else that is counted.
 * In any other it is at its accesses that a thread gives way, always the same
 * ones, so that its rounds are alike. */
ON_FIBER static void count_atomic(struct runtime *runtime,
				  const struct atomic_access *access)
{
	if (runtime->left_at_atomic != accesses_left(runtime)) {
		runtime->left_at_atomic = accesses_left(runtime);
		return;
	}
	if (runtime->private_left > 0)
		runtime->private_left--;
	count_slow(runtime);
	runtime->left_at_atomic = accesses_left(runtime);
	if (runtime->private_left > 0)
		return;
	runtime->private_left = PRIVATE_ACCESSES_MAX;
	spin(runtime, access->place);
}

ON_FIBER bool memory_atomic(struct runtime *runtime,
			    const struct atomic_access *access)
{
	if (is_write(access->op))
		look_before_store(runtime, access->address, access->bytes,
				  access->place);
	if (access_any(runtime, access))
		return true;
	count_atomic(runtime, access);
	return false;
}

ON_FIBER void memory_range(struct runtime *runtime, uintptr_t address,
			   size_t bytes, bool write, uintptr_t place)
{
	struct operation operation;

	if (bytes == 0)
		return;
	if (runtime->current->copy_bytes > 0) {
		memory_copy_ends(runtime, address, place);
		return;
	}
	if (write)
		look_before_store(runtime, address, bytes, place);
	private_access_note_far(runtime, address, bytes, write);
	if (write)
		private_access_written(runtime, address, bytes);
	operation = (struct operation){.op = write ? OP_WRITE : OP_READ,
				       .order = ORDER_PLAIN,
				       .address = address,
				       .bytes = bytes,
				       .place = place};
	if (visible_overlaps(&runtime->visible, address, bytes))
		runtime_announce(runtime, &operation);
	else
		private_access_check(runtime, &operation);
	/* A struct that is read may be passed on, padding and all. */
	if (write)
		heap_check_performed(runtime, &operation);
}

ON_FIBER void memory_read_by_libc(struct runtime *runtime, uintptr_t address,
				  size_t bytes, uintptr_t place)
{
	memory_range(runtime, address, bytes, false, place);
	if (bytes > 0)
		heap_check_performed(runtime,
				     &(struct operation){
					     .op = OP_READ,
					     .order = ORDER_PLAIN,
					     .detail = HEAP_READ_BY_LIBC,
					     .address = address,
					     .bytes = bytes,
					     .place = place,
				     });
}

ON_FIBER void memory_release(struct runtime *runtime, uintptr_t address,
			     size_t bytes, uintptr_t place)
{
	if (bytes == 0)
		return;
	private_access_note_far(runtime, address, bytes, true);
	runtime_note_private(runtime);
	if (visible_overlaps(&runtime->visible, address, bytes))
		runtime_announce(runtime,
				 &(struct operation){.op = OP_FREE,
						     .order = ORDER_PLAIN,
						     .address = address,
						     .bytes = bytes,
						     .place = place});
}

ON_FIBER void memory_count_private(struct runtime *runtime, uintptr_t place)
{
	if (runtime->current->spin_watched || --runtime->private_left > 0)
		return;
	count_slow(runtime);
	if (runtime->private_left > 0)
		return;
	runtime->private_left = PRIVATE_ACCESSES_MAX;
	spin(runtime, place);
}

ON_FIBER void memory_read_watched(struct runtime *runtime)
{
	for (size_t i = 0; i < runtime->watched_count; i++)
		private_access_note(runtime,
				    (uintptr_t)runtime->watched[i].start,
				    runtime->watched[i].bytes, false);
}
