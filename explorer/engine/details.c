/*
 * What is told of an access besides. See details.h.
 */
#include "engine/details.h"

#include "base/memory.h"
#include "engine/engine.h"
#include "runtime/frame_check.h"
#include "runtime/held.h"

/* Longer executions are told of without details. */
#define EVENTS_MAX ((size_t)1 << 16)
/* The part of a frame that is searched for pointers to the rest, and how far
 * from what they point to something may lie. */
#define FIXED_BYTES_MAX ((uintptr_t)4096)
#define BEFORE_MAX	((uintptr_t)16 << 20)

static void add_pointer(struct local_place *local, struct frame_pointer pointer)
{
	uint32_t i = local->pointer_count < LOCAL_POINTERS_MAX
			     ? local->pointer_count++
			     : LOCAL_POINTERS_MAX - 1;

	while (i > 0 && local->pointers[i - 1].before > pointer.before) {
		local->pointers[i] = local->pointers[i - 1];
		i--;
	}
	local->pointers[i] = pointer;
}

/* Variables of fixed size lie above those that they point to. */
static void add_pointers(struct local_place *local, uintptr_t top,
			 uintptr_t address)
{
	const uintptr_t *end = (const uintptr_t *)top;
	uintptr_t low = top - address > FIXED_BYTES_MAX ? top - FIXED_BYTES_MAX
							: address;
	const uintptr_t *word =
		(const uintptr_t *)((low + sizeof(*end) - 1) & -sizeof(*end));

	for (; word < end; word++)
		if (*word <= address && address - *word < BEFORE_MAX)
			add_pointer(local,
				    (struct frame_pointer){
					    (int32_t)((uintptr_t)word - top),
					    (uint32_t)(address - *word)});
}

/* Which thread's frame the address lies in. */
static struct local_place local_of(const struct runtime *runtime,
				   const struct thread *thread,
				   uintptr_t address)
{
	struct call_frame frames[CALL_CHAIN_MAX];
	unsigned count = call_chain(runtime, thread, frames);

	for (unsigned i = 0; i < count; i++) {
		struct local_place local = {
			.place = frames[i].place,
			.offset = (int64_t)(address - frames[i].top)};

		if (address >= frames[i].top)
			continue;
		add_pointers(&local, frames[i].top, address);
		return local;
	}
	return (struct local_place){0};
}

struct local_place details_local(const struct runtime *runtime,
				 uintptr_t address)
{
	uint64_t slot = stacks_slot(address);
	const struct thread *thread;
	struct ended_frame ended;

	if (slot >= LAYOUT_SLOTS)
		return (struct local_place){0};
	FOR_LIVE(thread, &runtime->state)
	if (thread->slot == slot &&
	    !frame_check_is_over(runtime, thread, address))
		return local_of(runtime, thread, address);
	ended = frame_log_find(&runtime->frame_log, address);
	return (struct local_place){.place = ended.place,
				    .offset = (int64_t)(address - ended.top)};
}

void details_complete(const struct runtime *runtime, struct part *part)
{
	const struct thread *thread = &runtime->state.threads[part->thread];
	struct call_frame frames[CALL_CHAIN_MAX];
	unsigned count;

	part->local = details_local(runtime, part->operation.address);
	if (thread->state == THREAD_ENDED)
		return;
	count = call_chain(runtime, thread, frames);
	/* The first one is the place itself. */
	for (unsigned i = 1; i < count && part->caller_count < PART_CALLERS_MAX;
	     i++)
		part->callers[part->caller_count++] = frames[i].place;
}

static bool is_lock(enum op op)
{
	enum op_object object = op_object(op);

	return object == OP_OBJECT_MUTEX || object == OP_OBJECT_RWLOCK ||
	       object == OP_OBJECT_SPIN_LOCK;
}

static void gather_locks(const struct runtime *runtime, uint32_t thread,
			 struct access_details *details)
{
	const struct held *held;
	uint32_t index = 0;

	while (details->lock_count < DETAILS_LOCKS_MAX &&
	       (held = held_next(&runtime->state, thread, 0, &index)))
		if (is_lock((enum op)held->op))
			details->locks[details->lock_count++] =
				(struct detailed_lock){
					held->address, held->place, held->op,
					details_local(runtime, held->address)};
}

static struct access_details gather(const struct engine *engine,
				    const struct thread *thread,
				    uintptr_t address)
{
	const struct runtime *runtime = engine->runtime;
	struct access_details details = {
		.creator = thread->number > 0 ? thread->creator : NO_THREAD,
		.created_at = thread->created_place,
		.created_calls = block_calls_created(runtime, thread),
	};

	details.frame_count = call_chain(runtime, thread, details.frames);
	gather_locks(runtime, thread->number, &details);
	details.local = details_local(runtime, address);
	return details;
}

static bool are_wanted(const struct engine *engine)
{
	return engine->listener.step && engine->depth < EVENTS_MAX;
}

void details_note(struct engine *engine, const struct thread *thread)
{
	struct details *details = &engine->details;

	if (!are_wanted(engine))
		return;
	memory_reserve((void **)&details->at, &details->capacity,
		       engine->depth + 1, sizeof(*details->at));
	details->at[engine->depth] =
		gather(engine, thread, thread->pending.address);
}

static struct access_details *new_details(struct finding_entry *entry)
{
	if (entry->details)
		return NULL;
	entry->details =
		memory_new(entry->part_count * sizeof(*entry->details));
	return entry->details;
}

void details_add_pending(struct engine *engine, uint32_t finding)
{
	struct finding_entry *entry = &engine->findings.at[finding];
	struct access_details *details;

	if (!are_wanted(engine))
		return;
	details = new_details(entry);
	for (uint32_t i = 0; details && i < entry->part_count; i++)
		details[i] = gather(
			engine,
			&engine->runtime->state.threads[entry->parts[i].thread],
			entry->parts[i].operation.address);
}

void details_add_events(struct engine *engine, uint32_t finding, size_t a,
			size_t b)
{
	struct finding_entry *entry = &engine->findings.at[finding];
	struct access_details *details;

	if (!are_wanted(engine))
		return;
	details = new_details(entry);
	if (!details)
		return;
	details[0] = engine->details.at[a];
	details[1] = engine->details.at[b];
}
