/*
 * Threads that spin. See spin.h.
 */
#include "engine/spin.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "engine/order.h"

static struct spin_window *window_of(const struct engine *engine,
				     const struct thread *thread)
{
	return engine->spins[thread->number];
}

struct piece spin_piece(const struct engine *engine,
			const struct thread *thread)
{
	struct spin_window *window = window_of(engine, thread);

	return (struct piece){window,
			      offsetof(struct spin_window, at) +
				      window->count * sizeof(window->at[0])};
}

static bool is_asleep(const struct thread *thread)
{
	return thread->state == THREAD_PENDING &&
	       thread->pending.op == OP_AWAIT;
}

const struct operation *spin_pending(const struct engine *engine,
				     const struct thread *thread)
{
	return is_asleep(thread) ? &window_of(engine, thread)->kept
				 : &thread->pending;
}

/* --- Who is watched */

static void forget(struct engine *engine, struct thread *thread)
{
	engine->runtime->state.spin_watched -= thread->spin_watched;
	thread->spin_watched = false;
	spin_restart_count(thread);
}

/* Returns whether the same has been pending before. */
static bool see_pending(struct spin_window *window,
			const struct operation *pending)
{
	uint64_t key = hash_mix(hash_mix(pending->place, pending->address),
				pending->kind);

	for (uint32_t i = 0; i < window->seen_count; i++)
		if (window->seen[i] == key)
			return true;
	window->seen[window->seen_count++] = key;
	return false;
}

static void watch(struct engine *engine, struct thread *thread)
{
	struct spin_window **window = &engine->spins[thread->number];

	if (!*window)
		*window = memory_new(sizeof(**window));
	(*window)->count = 0;
	(*window)->seen_count = 0;
	see_pending(*window, &thread->pending);
	thread->spin_watched = true;
	thread->spin_wrote = false;
	spin_restart_count(thread);
	engine->runtime->state.spin_watched++;
}

static void suspect(struct engine *engine, struct thread *thread,
		    const struct performed *performed)
{
	if (spin_repeats(thread, performed))
		watch(engine, thread);
	else
		spin_count(thread, true);
}

/* --- Windows */

/* The first `count` steps of the window are to be forgotten. */
static void cut(struct spin_window *window, uint32_t count)
{
	window->count -= count;
	memmove(&window->at[0], &window->at[count],
		window->count * sizeof(window->at[0]));
}

static uint64_t digest_of(const struct thread *thread)
{
	uintptr_t low = (uintptr_t)fiber_live_low(&thread->fiber);
	const struct operation *pending = &thread->pending;
	uint64_t digest = hash_bytes((const void *)low,
				     stacks_top(thread->slot) - low, low);

	digest = hash_mix(digest, pending->address);
	digest = hash_mix(digest, pending->place);
	return hash_mix(digest, pending->kind);
}

static void add_step(struct spin_window *window,
		     const struct performed *performed, uint64_t digest)
{
	if (window->count == SPIN_STEPS)
		cut(window, 1);
	window->at[window->count++] =
		(struct spin_step){performed->operation, digest, false};
}

/* Where the round begins that the last step ends: the number of its first step;
 * 0 if that ends none. */
static uint32_t round_start(const struct spin_window *window)
{
	uint64_t last = window->at[window->count - 1].digest;

	for (uint32_t i = window->count - 1; last != 0 && i-- > 0;)
		if (window->at[i].digest == last)
			return i + 1;
	return 0;
}

/* --- Sleeping */

/* A range of bytes, or an object, that a round looks at. */
struct place {
	uintptr_t start;
	uintptr_t end;
	enum op_object sort;
};

static struct place place_of(const struct operation *operation)
{
	enum op_object sort = op_object(operation->op);
	uintptr_t bytes = sort == OP_OBJECT_MEMORY ? operation->bytes : 1;

	return (struct place){operation->address, operation->address + bytes,
			      sort};
}

/* Makes one of both, if that is no more than both. */
static bool unite(struct place *place, const struct place *other)
{
	if (place->sort != other->sort || place->start > other->end ||
	    other->start > place->end ||
	    (place->sort != OP_OBJECT_MEMORY && place->start != other->start))
		return false;
	if (place->start > other->start)
		place->start = other->start;
	if (place->end < other->end)
		place->end = other->end;
	return true;
}

#define PLACES_MAX AWAIT_PLACES

static bool add_place(struct place *places, uint32_t *count,
		      const struct operation *operation)
{
	struct place place = place_of(operation);

	if (place.sort == OP_OBJECT_NONE)
		return true;
	for (uint32_t i = 0; i < *count; i++)
		if (unite(&places[i], &place))
			return true;
	if (*count == PLACES_MAX || place.end - place.start > UINT32_MAX)
		return false;
	places[(*count)++] = place;
	return true;
}

static void fall_asleep(struct spin_window *window, struct thread *thread,
			uint32_t first)
{
	struct place places[PLACES_MAX] = {{0}};
	uint32_t count = 0;
	bool stale = false;

	for (uint32_t i = first; i < window->count; i++) {
		if (!add_place(places, &count, &window->at[i].operation))
			return;
		stale |= window->at[i].stale;
	}
	window->kept = thread->pending;
	thread->spin_woken = stale;
	thread->pending = (struct operation){
		.op = OP_AWAIT,
		.order = ORDER_PLAIN,
		.address = places[0].start,
		.source = places[1].start,
		.place = window->kept.place,
		.bytes = (places[0].end - places[0].start) |
			 (places[1].end - places[1].start) << 32,
		.detail =
			(int32_t)(places[0].sort | places[1].sort << 8 |
				  (window->count - first) << AWAIT_STEPS_SHIFT),
	};
}

static bool has_deep_stack(const struct thread *thread)
{
	return stacks_top(thread->slot) -
		       (uintptr_t)fiber_live_low(&thread->fiber) >
	       SPIN_STACK_MAX;
}

/* It has made an idle step, and its stack is at rest. */
static void look(struct engine *engine, struct thread *thread,
		 const struct performed *performed)
{
	struct spin_window *window = window_of(engine, thread);
	uint32_t first;

	if (++thread->spin_idle >= SPIN_LOOKS || has_deep_stack(thread) ||
	    (thread->spin_wrote && performed->operation.op == OP_SPIN)) {
		forget(engine, thread);
		return;
	}
	if (thread->spin_wrote)
		window->count = 0;
	thread->spin_wrote = false;
	add_step(window, performed,
		 see_pending(window, &thread->pending) ? digest_of(thread) : 0);
	first = round_start(window);
	if (first > 0)
		fall_asleep(window, thread, first);
}

/* --- What steps do */

/* It sleeps in a round that looks at nothing that is visible. */
static bool sleeps_privately(const struct thread *thread)
{
	return is_asleep(thread) && thread->pending.bytes == 0;
}

/* What threads look at that sleep so may turn out not to be theirs alone: a
 * step of another thread may have changed it, unless that one is known to have
 * written nothing. */
static void wake_private(struct engine *engine, const struct thread *awake)
{
	struct runtime_state *state = &engine->runtime->state;
	struct thread *thread;

	FOR_LIVE(thread, state)
	if (thread != awake && thread->spin_watched &&
	    sleeps_privately(thread)) {
		thread->spin_woken = true;
		window_of(engine, thread)->count = 0;
	}
}

void spin_see_idle(struct engine *engine, struct thread *thread,
		   const struct performed *performed)
{
	bool watched = thread->spin_watched && !thread->spin_wrote;

	if (thread->state != THREAD_PENDING || engine->ended)
		forget(engine, thread);
	else if (thread->spin_watched)
		look(engine, thread, performed);
	else
		suspect(engine, thread, performed);
	if (!watched && engine->runtime->state.spin_watched > 0)
		wake_private(engine, thread);
}

static void see_change_of_other(struct engine *engine, struct thread *thread,
				const struct operation *performed)
{
	struct spin_window *window = window_of(engine, thread);

	if (is_asleep(thread) &&
	    operations_conflict(performed, &thread->pending))
		thread->spin_woken = true;
	for (uint32_t i = 1; i < window->count; i++)
		if (operations_conflict(performed, &window->at[i].operation))
			window->at[i].stale = true;
}

void spin_see_change(struct engine *engine, struct thread *thread,
		     const struct performed *performed)
{
	struct runtime_state *state = &engine->runtime->state;
	struct thread *other;

	/* That is what others did, not the thread itself. */
	if (performed->operation.op == OP_AWAIT)
		return;
	forget(engine, thread);
	wake_private(engine, thread);
	FOR_LIVE(other, state)
	if (other->spin_watched)
		see_change_of_other(engine, other, &performed->operation);
}

static void cut_stale(struct spin_window *window)
{
	for (uint32_t i = window->count; i-- > 1;)
		if (window->at[i].stale) {
			cut(window, i);
			return;
		}
}

void spin_go_on(struct engine *engine, struct thread *thread)
{
	struct spin_window *window = window_of(engine, thread);

	assert(thread->spin_woken);
	thread->pending = window->kept;
	thread->spin_woken = false;
	cut_stale(window);
}

/* --- What might have been */

static uint32_t slot_at(const struct engine *engine, size_t event)
{
	uint32_t number = engine->log[event].choice.thread;

	return engine->runtime->state.threads[number].slot;
}

/* The steps of the round before an OP_AWAIT, the last one first. Returns how
 * many. */
static uint32_t round_of(const struct engine *engine, uint32_t slot,
			 size_t before, const struct operation *await,
			 size_t *ret_steps)
{
	uint32_t length = (uint32_t)await->detail >> AWAIT_STEPS_SHIFT;
	uint32_t count = 0;

	while (before-- > 0 && count < length)
		if (slot_at(engine, before) == slot &&
		    engine->log[before].operation.op != OP_AWAIT)
			ret_steps[count++] = before;
	return count;
}

/* Whether a step changed what one of the round had looked at before, or what
 * the thread slept on. */
static bool wakes(const struct engine *engine, size_t step, const size_t *round,
		  uint32_t count, const struct operation *await)
{
	const struct operation *operation = &engine->log[step].operation;

	if (engine->log[step].idle)
		return false;
	if (count == 0 || step > round[0])
		return operations_conflict(operation, await);
	for (uint32_t i = 0; i < count; i++)
		if (round[i] < step &&
		    operations_conflict(operation,
					&engine->log[round[i]].operation))
			return true;
	return false;
}

bool spin_is_woken_without(const struct engine *engine,
			   const struct order *order, uint32_t slot,
			   size_t before, size_t without,
			   const struct operation *await)
{
	size_t round[SPIN_STEPS];
	uint32_t count = round_of(engine, slot, before, await, round);
	size_t from = count > 0 ? round[count - 1] : 0;

	for (size_t i = from; i < before; i++)
		if (i != without && slot_at(engine, i) != slot &&
		    (i < without || !order_before(order, engine, without, i)) &&
		    wakes(engine, i, round, count, await))
			return true;
	return false;
}
