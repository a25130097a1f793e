/*
 * Data races by happens-before. See epoch.h.
 */
#include "engine/epoch.h"

#include "engine/dependence.h"
#include "engine/engine.h"
#include "engine/epoch_access.h"
#include "engine/epoch_state.h"
#include "engine/order.h"

/* --- Creates and joins, and fences (as in order.c) */

/* What the thread's fence, made behind its last event, lets `learner` see. */
static void apply_fence(struct epochs *epochs, unsigned fences, uint32_t thread,
			uint32_t learner)
{
	if (epochs->fenced && (fences & FENCE_ACQUIRE))
		epoch_join(epochs,
			   epoch_of_thread(epochs, learner, EPOCH_SYNCHRONISED),
			   epoch_of_thread(epochs, thread, EPOCH_ACQUIRABLE));
}

static void apply_create(struct epochs *epochs, const struct thread *thread)
{
	epoch_copy(
		epochs,
		epoch_of_thread(epochs, thread->number, EPOCH_SYNCHRONISED),
		epoch_of_thread(epochs, thread->creator, EPOCH_SYNCHRONISED));
	apply_fence(epochs, thread->creator_fences, thread->creator,
		    thread->number);
}

static void apply_join(struct epochs *epochs, const struct thread *thread)
{
	epoch_join(
		epochs,
		epoch_of_thread(epochs, thread->joined_by, EPOCH_SYNCHRONISED),
		epoch_of_thread(epochs, thread->number, EPOCH_SYNCHRONISED));
	apply_fence(epochs, thread->fences, thread->number, thread->joined_by);
}

/* Takes in the creates and joins that came before the event. Returns before
 * which event, or a later one, there may be another. */
static size_t apply_silent(struct epochs *epochs,
			   const struct runtime_state *state, size_t event)
{
	struct epoch_silent silent;

	while (epoch_find_silent(state, epochs->silent_done, &silent)) {
		if (silent.at > event)
			return silent.at;
		epoch_count_silent(epochs);
		if (silent.is_join)
			apply_join(epochs, silent.thread);
		else
			apply_create(epochs, silent.thread);
	}
	return SIZE_MAX;
}

static void apply_fences(struct epochs *epochs,
			 const struct performed *performed)
{
	uint32_t thread = performed->choice.thread;
	uint32_t synchronised =
		epoch_of_thread(epochs, thread, EPOCH_SYNCHRONISED);
	uint32_t released = epoch_of_thread(epochs, thread, EPOCH_RELEASED);

	if (performed->fences & FENCE_ACQUIRE)
		epoch_join(epochs, synchronised,
			   epoch_of_thread(epochs, thread, EPOCH_ACQUIRABLE));
	if (performed->fences & FENCE_RELEASE) {
		epoch_copy(epochs, released, synchronised);
		epoch_lower(epochs, released, thread);
	}
}

/* --- Locks and the like */

static uint32_t look_up_object(struct epochs *epochs, uint64_t key)
{
	uint64_t *known = map_put(&epochs->objects, key);

	if (*known == 0)
		*known = epoch_add_vector(epochs) + 1;
	return (uint32_t)*known - 1;
}

/* Mostly that of an object which was asked for lately. */
static uint32_t vector_of_object(struct epochs *epochs, uintptr_t address,
				 unsigned kind)
{
	uint64_t key = address ^ (uint64_t)(kind + 1) << 56;
	struct epoch_object *lately =
		&epochs->lately[(address >> 4 ^ kind) % EPOCH_LATELY];

	if (lately->key != key) {
		lately->vector = look_up_object(epochs, key);
		lately->key = key;
	}
	return lately->vector;
}

static void synchronise(struct epochs *epochs,
			const struct performed *performed, size_t event)
{
	const struct operation *operation = &performed->operation;
	uint32_t own = epoch_of_thread(epochs, performed->choice.thread,
				       EPOCH_SYNCHRONISED);
	unsigned traits = op_traits[operation->op];
	struct order_object object;

	/* See order.c: who leaves a barrier learns what those knew who had
	 * arrived. */
	if (operation->op == OP_BARRIER_LEAVE && performed->cause)
		epoch_join(epochs, own,
			   epoch_kept(epochs, performed->cause - 1));
	if (performed->failed)
		return;
	if (traits & OP_TRAIT_ACQUIRES) {
		object = order_acquired(operation);
		epoch_join(
			epochs, own,
			vector_of_object(epochs, object.address, object.kind));
		if (order_acquires_readers(operation))
			epoch_join(epochs, own,
				   vector_of_object(epochs, object.address,
						    ORDER_READERS));
	}
	if (traits & OP_TRAIT_RELEASES) {
		object = order_released(operation);
		epoch_join(
			epochs,
			vector_of_object(epochs, object.address, object.kind),
			own);
	}
	if (operation->op == OP_BARRIER_ARRIVE)
		epoch_keep(epochs, event, performed->choice.thread);
}

static void take_in(struct engine *engine, size_t event)
{
	struct epochs *epochs = &engine->epochs;
	const struct performed *performed = &engine->log[event];

	if (!performed->fences && epoch_take_same(epochs, performed, event))
		return;
	epoch_begin(epochs, event, performed->choice.thread);
	if (epochs->fenced && performed->fences)
		apply_fences(epochs, performed);
	if (operation_is_access(&performed->operation))
		epoch_take_access(engine, event);
	else
		synchronise(epochs, performed, event);
}

static void follow(struct engine *engine)
{
	struct epochs *epochs = &engine->epochs;
	size_t silent_at = 0;

	epoch_undo(epochs, epochs->valid);
	epoch_make_room(epochs, engine->runtime->state.count, engine->depth);
	for (size_t event = epochs->done; event < engine->depth; event++) {
		if (epochs->noted) {
			epochs->events[event].silent_changes =
				epochs->change_count;
			epochs->events[event].stamp = epochs->stamp;
		}
		if (event >= silent_at)
			silent_at = apply_silent(
				epochs, &engine->runtime->state, event);
		take_in(engine, event);
	}
	epochs->done = engine->depth;
	epochs->valid = engine->depth;
}

void epochs_follow(struct engine *engine)
{
	struct epochs *epochs = &engine->epochs;

	/* Only accesses to visible memory can be in a race. */
	if (epochs->off || engine->runtime->visible.count == 0)
		return;
	if (epochs->fenced != engine->runtime->fenced) {
		epochs->fenced = engine->runtime->fenced;
		epochs_forget(epochs);
	}
	if (epoch_memo_knows(engine))
		return;
	follow(engine);
	epoch_memo_learn(engine);
}
