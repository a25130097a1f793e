/*
 * Uses after return. See frame_finding.h.
 */
#include "engine/frame_finding.h"

#include "base/hash.h"
#include "engine/dependence.h"
#include "runtime/enabled.h"
#include "runtime/private_access.h"
#include "world/lines.h"

static bool covers(const struct performed *performed,
		   const struct frame_error *error)
{
	return performed->choice.thread == error->owner->number &&
	       error->address - performed->operation.address <
		       performed->operation.bytes;
}

/* The last step in which the owner accessed it: what it was then is what was
 * meant. NO_STEP if there is none. */
#define NO_STEP SIZE_MAX
static size_t last_use(const struct engine *engine,
		       const struct frame_error *error)
{
	size_t step = engine->depth;

	while (step-- > 0)
		if (operation_is_access(&engine->log[step].operation) &&
		    covers(&engine->log[step], error))
			return step;
	return NO_STEP;
}

/* The first return after that; 0 if there is none. */
static uintptr_t return_after(const struct engine *engine, size_t step,
			      const struct frame_error *error)
{
	for (; step < engine->depth; step++)
		if (engine->log[step].operation.op == OP_RETURN &&
		    covers(&engine->log[step], error))
			return engine->log[step].operation.place;
	return 0;
}

/* Where the function returned. If that was no step, it is known where a
 * schedule is followed. */
static uintptr_t returned_at(const struct engine *engine,
			     const struct frame_error *error)
{
	size_t use = last_use(engine, error);
	uintptr_t place = error->returned_at;

	if (!place && use != NO_STEP)
		place = return_after(engine, use, error);
	return place ? place
		     : frame_log_find(&engine->runtime->frame_log,
				      error->address)
			       .place;
}

/* Which local variable it was: the part of it that lies that far behind where
 * the owner's access began. */
static void name_local(struct engine *engine, uint32_t finding,
		       const struct frame_error *error)
{
	struct access_details *details = engine->findings.at[finding].details;
	size_t use = last_use(engine, error);
	struct local_place *local;
	uint32_t behind;

	if (!details || use == NO_STEP || use >= engine->details.capacity ||
	    !engine->details.at[use].local.place)
		return;
	local = &details->local;
	*local = engine->details.at[use].local;
	behind =
		(uint32_t)(error->address - engine->log[use].operation.address);
	local->offset += behind;
	for (uint32_t i = 0; i < local->pointer_count; i++)
		local->pointers[i].before += behind;
}

static struct block_frames calls_of(const struct runtime *runtime,
				    const struct thread *owner)
{
	struct call_frame frames[CALL_CHAIN_MAX];
	unsigned count = call_chain(runtime, owner, frames);
	struct block_frames calls = {.count = count};

	_Static_assert(BLOCK_FRAMES_MAX >= CALL_CHAIN_MAX,
		       "all of them have room");
	for (unsigned i = 0; i < count; i++)
		calls.places[i] = frames[i].place;
	return calls;
}

/* The frame stands for the block: who has it, and is where now; who returned
 * from it, and where. */
static struct block_facts facts_of(const struct engine *engine,
				   const struct frame_error *error)
{
	const struct thread *owner = error->owner;
	bool has_ended = owner->state == THREAD_ENDED;
	struct block_facts facts = {
		.known = true,
		.freed = true,
		.freed_by = owner->number,
		.freed_at = returned_at(engine, error),
		.allocated_by = has_ended ? NO_THREAD : owner->number,
	};

	if (!has_ended)
		facts.calls.allocated = calls_of(engine->runtime, owner);
	if (facts.calls.allocated.count > 0)
		facts.allocated_at = facts.calls.allocated.places[0];
	return facts;
}

static void see(void *context, const struct frame_error *error)
{
	struct engine *engine = context;
	struct part part = {.thread = error->thread->number,
			    .holder = THREADS_MAX,
			    .target = THREADS_MAX,
			    .operation = *error->operation};
	uint32_t known = (uint32_t)engine->findings.count;
	uint32_t finding;

	if (engine->repeating)
		return;
	part.operation.address = error->address;
	finding = findings_see(
		&engine->findings, FINDING_USE_AFTER_RETURN,
		hash_mix(error->operation->place, error->operation->op),
		engine->depth, &part, 1);
	if (engine->findings.count > known)
		engine->findings.at[known].block = facts_of(engine, error);
	details_add_pending(engine, finding);
	if (engine->findings.count > known)
		name_local(engine, finding, error);
}

void frame_finding_listen(struct engine *engine)
{
	engine->runtime->frame_error = see;
	engine->runtime->frame_error_context = engine;
}

/* What steps touch of another thread's stack is lent, and there a lock, a
 * semaphore or the like is touched by who uses it. */
static void note_use(struct engine *engine, const struct thread *thread,
		     uintptr_t address)
{
	if (!operation_is_access(&thread->pending))
		private_access_note_of(engine->runtime, thread, address, 1,
				       false);
}

static void check_use(struct engine *engine, const struct thread *thread,
		      uintptr_t address)
{
	const struct thread *owner =
		frame_check_owner(engine->runtime, address);
	struct frame_error error = {.thread = thread,
				    .operation = &thread->pending,
				    .address = address,
				    .owner = owner};

	if (!owner)
		return;
	note_use(engine, thread, address);
	/* Whether it is one depends on how far its owner is. */
	if (lent_has_ended(&engine->runtime->lent,
			   address & ~(uintptr_t)(LINE_BYTES - 1)))
		engine->runtime->entangled |= ENTANGLED;
	if (owner->state == THREAD_PENDING && owner->pending.op == OP_RETURN &&
	    operations_conflict(&owner->pending, &thread->pending))
		error.returned_at = owner->pending.place;
	if (error.returned_at ||
	    frame_check_is_over(engine->runtime, owner, address))
		see(engine, &error);
}

/* Who leaves a barrier does not touch it any more, and whom a futex wakes is
 * known by a number: no memory is looked at. */
static bool touches_nothing(const struct operation *operation)
{
	return operation->op == OP_BARRIER_LEAVE ||
	       operation->op == OP_FUTEX_WAKE ||
	       operation->op == OP_FUTEX_AWAKE;
}

static void check_return(struct engine *engine, const struct thread *owner)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;

	FOR_LIVE(thread, state)
	if (thread != owner && thread->state == THREAD_PENDING &&
	    runtime_is_enabled(thread) && !op_is_ending(thread->pending.op) &&
	    !touches_nothing(&thread->pending) &&
	    operations_conflict(&owner->pending, &thread->pending))
		see(engine,
		    &(struct frame_error){.thread = thread,
					  .operation = &thread->pending,
					  .address = thread->pending.address,
					  .owner = owner,
					  .returned_at = owner->pending.place});
}

void frame_finding_check(struct engine *engine, const struct thread *thread)
{
	const struct operation *operation = &thread->pending;

	if (engine->repeating || touches_nothing(operation))
		return;
	if (operation->op == OP_RETURN) {
		check_return(engine, thread);
		return;
	}
	if (frame_check_concerns(thread, operation->address))
		check_use(engine, thread, operation->address);
	if (operation->op == OP_COPY &&
	    frame_check_concerns(thread, operation->source))
		check_use(engine, thread, operation->source);
}
