/*
 * What is told of an access besides. See details.h.
 */
#include "engine/details.h"

#include "base/memory.h"
#include "engine/engine.h"
#include "engine/order.h"

/* Longer executions are told of without details. */
#define EVENTS_MAX ((size_t)1 << 16)

/* --- Locks */

static void add_lock(struct access_details *details, uintptr_t lock)
{
	if (details->lock_count < DETAILS_LOCKS_MAX)
		details->locks[details->lock_count++] = lock;
}

static void drop_lock(struct access_details *details, uintptr_t lock)
{
	for (unsigned i = details->lock_count; i-- > 0;) {
		if (details->locks[i] != lock)
			continue;
		details->lock_count--;
		for (; i < details->lock_count; i++)
			details->locks[i] = details->locks[i + 1];
		return;
	}
}

static bool is_lock(enum op_object kind)
{
	return kind == OP_OBJECT_MUTEX;
}

static void take_in(const struct performed *performed,
		    struct access_details *details)
{
	const struct operation *operation = &performed->operation;
	unsigned traits = op_traits[operation->op];

	if (performed->failed)
		return;
	if ((traits & OP_TRAIT_ACQUIRES) && operation->op != OP_MUTEX_DESTROY &&
	    is_lock(order_acquired(operation).kind))
		add_lock(details, order_acquired(operation).address);
	if ((traits & OP_TRAIT_RELEASES) &&
	    is_lock(order_released(operation).kind))
		drop_lock(details, order_released(operation).address);
}

/* What the thread has locked by now: what it had at its last event, and what
 * that one did. */
static void gather_locks(const struct engine *engine, uint32_t thread,
			 struct access_details *details)
{
	const struct access_details *last;
	size_t event = engine->depth;

	while (event > 0 && engine->log[event - 1].choice.thread != thread)
		event--;
	if (event == 0)
		return;
	last = &engine->details.at[event - 1];
	for (unsigned i = 0; i < last->lock_count; i++)
		add_lock(details, last->locks[i]);
	take_in(&engine->log[event - 1], details);
}

/* --- Frames */

/* Which thread's frame the address lies in. */
static void gather_local(const struct runtime *runtime, uintptr_t address,
			 struct access_details *details)
{
	struct call_frame frames[CALL_CHAIN_MAX];
	const struct thread *thread;
	unsigned count;

	FOR_LIVE(thread, &runtime->state)
	{
		if (stacks_slot(address) != thread->slot)
			continue;
		count = call_chain(runtime, thread, frames);
		for (unsigned i = 0; i < count; i++) {
			if (address >= frames[i].top)
				continue;
			details->local_place = frames[i].place;
			details->local_offset =
				(int64_t)(address - frames[i].top);
			details->local_thread = thread->number;
			return;
		}
	}
}

static struct access_details gather(const struct engine *engine,
				    const struct thread *thread,
				    uintptr_t address)
{
	const struct runtime *runtime = engine->runtime;
	struct access_details details = {
		.creator = thread->number > 0 ? thread->creator : NO_THREAD,
		.created_at = thread->created_place,
	};

	details.frame_count = call_chain(runtime, thread, details.frames);
	gather_locks(engine, thread->number, &details);
	if (stacks_slot(address) < LAYOUT_SLOTS)
		gather_local(runtime, address, &details);
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
