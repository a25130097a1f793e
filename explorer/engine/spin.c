/*
 * Threads that spin. See spin.h.
 */
#include "engine/spin.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "engine/await.h"
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

/* Whether what it has done may be taken back within the round, or has been. */
static bool passes(const struct performed *performed)
{
	return spin_passes(performed) && !performed->idle;
}

/* --- Steps that write what was there */

static uint64_t contents(const struct operation *operation)
{
	return hash_bytes((const void *)operation->address, operation->bytes,
			  operation->address);
}

/* Below its stack there is what others have left, the search included: nothing
 * of that is to show through in what lies there next. */
static void clear_below(const struct thread *thread)
{
	uintptr_t low = (uintptr_t)fiber_live_low(&thread->fiber);
	uintptr_t bottom = stacks_top(thread->slot) - thread->stack_bytes;
	uintptr_t bytes = low > bottom ? low - bottom : 0;

	if (bytes > SPIN_CLEARED)
		bytes = SPIN_CLEARED;
	memset((void *)(low - bytes), 0, bytes);
}

void spin_see_before(struct engine *engine, struct thread *thread)
{
	const struct operation *operation = &thread->pending;
	struct spin_window *window;

	if (!thread->spin_watched)
		return;
	clear_below(thread);
	window = window_of(engine, thread);
	window->is_write = operation_is_access(operation) &&
			   operation_is_write(operation) &&
			   operation->op != OP_FREE &&
			   operation->bytes <= SPIN_CONTENTS_MAX;
	if (window->is_write)
		window->before = contents(operation);
}

bool spin_wrote_back(const struct engine *engine, const struct thread *thread,
		     const struct performed *performed)
{
	const struct spin_window *window;

	/* To be woken is no step that was seen before. */
	if (!thread->spin_watched || engine->ended ||
	    performed->operation.op == OP_AWAIT)
		return false;
	window = window_of(engine, thread);
	return window->is_write &&
	       window->before == contents(&performed->operation);
}

/* --- Who is watched */

static void forget(struct engine *engine, struct thread *thread)
{
	engine->runtime->state.spin_watched -= thread->spin_watched;
	thread->spin_watched = false;
	spin_restart_count(thread);
}

static uint64_t key_of(const struct operation *pending)
{
	return hash_mix(hash_mix(pending->place, pending->address),
			pending->kind);
}

static void watch(struct engine *engine, struct thread *thread)
{
	struct spin_window **window = &engine->spins[thread->number];

	if (thread->index < thread->spin_rest_until) {
		spin_restart_count(thread);
		return;
	}
	if (!*window)
		*window = memory_new(sizeof(**window));
	(*window)->count = 1;
	(*window)->floor = 0;
	(*window)->at[0] = (struct spin_step){.key = key_of(&thread->pending)};
	(*window)->written = (struct spin_written){0};
	engine->runtime->spin_written[thread->number] = &(*window)->written;
	thread->spin_watched = true;
	thread->spin_wrote = 0;
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

void spin_suspect_writer(struct engine *engine, struct thread *thread)
{
	if (!thread->spin_watched)
		watch(engine, thread);
}

/* --- Windows */

static void forget_steps(struct spin_window *window)
{
	window->count = 0;
	window->floor = 0;
}

/* The first `count` steps of the window are to be forgotten. */
static void cut(struct spin_window *window, uint32_t count)
{
	window->count -= count;
	window->floor -= window->floor < count ? window->floor : count;
	memmove(&window->at[0], &window->at[count],
		window->count * sizeof(window->at[0]));
}

/* What the thread is like: its stack, registers included, what else it has
 * written privately since it is watched, and what it is about to do. */
static uint64_t digest_of(const struct spin_window *window,
			  const struct thread *thread)
{
	const struct spin_written *written = &window->written;
	uintptr_t low = (uintptr_t)fiber_live_low(&thread->fiber);
	const struct operation *pending = &thread->pending;
	uint64_t digest = hash_bytes((const void *)low,
				     stacks_top(thread->slot) - low, low);

	for (uint32_t i = 0; i < written->count; i++)
		digest = hash_bytes((const void *)written->at[i].address,
				    written->at[i].bytes, digest);
	digest = hash_mix(digest, pending->address);
	digest = hash_mix(digest, pending->place);
	return hash_mix(digest, pending->kind);
}

static bool has_key(const struct spin_window *window, uint64_t key)
{
	for (uint32_t i = 0; i < window->count; i++)
		if (window->at[i].key == key)
			return true;
	return false;
}

static void add_step(struct spin_window *window, const struct thread *thread,
		     const struct performed *performed)
{
	struct spin_step step = {
		.operation = performed->operation,
		.key = key_of(&thread->pending),
		.passes = passes(performed),
	};

	if (has_key(window, step.key))
		step.digest = digest_of(window, thread);
	if (window->count == SPIN_STEPS)
		cut(window, 1);
	window->at[window->count++] = step;
}

/* Whether the last `steps` steps led the same way as those before them. */
static bool is_repeated(const struct spin_window *window, uint32_t steps)
{
	const struct spin_step *last = &window->at[window->count - 1];

	if (window->count < 2 * steps + 1)
		return false;
	for (uint32_t i = 0; i <= steps; i++)
		if (last[-(ptrdiff_t)i].key !=
		    last[-(ptrdiff_t)i - (ptrdiff_t)steps].key)
			return false;
	return true;
}

/* Where the round begins that the last step ends: the number of its first step;
 * 0 if that ends none. */
static uint32_t round_start(const struct spin_window *window)
{
	const struct spin_step *last = &window->at[window->count - 1];

	for (uint32_t i = window->count - 1;
	     last->digest != 0 && i-- > window->floor;)
		if (window->at[i].digest == last->digest &&
		    is_repeated(window, window->count - 1 - i))
			return i + 1;
	return 0;
}

/* --- Sleeping */

/* How often more its object has been taken than released, after this step. */
static int taken_by(const struct spin_step *step)
{
	unsigned traits = op_traits[step->operation.op];

	if (!step->passes)
		return 0;
	return ((traits & OP_TRAIT_ACQUIRES) != 0) -
	       ((traits & OP_TRAIT_RELEASES) != 0);
}

static bool is_same_object(const struct operation *a, const struct operation *b)
{
	return a->address == b->address && op_object(a->op) == op_object(b->op);
}

/* Whether the steps from `first` on release the object of the n-th one as often
 * as they take it, and never before they do. */
static bool is_passed(const struct spin_window *window, uint32_t first,
		      uint32_t n)
{
	int taken = 0;

	for (uint32_t i = first; i < window->count; i++)
		if (is_same_object(&window->at[i].operation,
				   &window->at[n].operation)) {
			taken += taken_by(&window->at[i]);
			if (taken < 0)
				return false;
		}
	return taken == 0;
}

/* Whether the thread, behind a round of the steps from `first` on, may sleep:
 * and if so, what it waits for then. */
static bool list_awaited(const struct spin_window *window, uint32_t first,
			 struct await *await)
{
	for (uint32_t i = first; i < window->count; i++) {
		const struct spin_step *step = &window->at[i];

		if (!step->passes) {
			if (!await_add(await, &step->operation))
				return false;
		} else if (is_passed(window, first, i)) {
			await_pass(await, &step->operation);
		} else {
			return false;
		}
	}
	return true;
}

/* Whether what a step of the round saw is otherwise by now. */
static bool is_changed(const struct spin_window *window, uint32_t first)
{
	for (uint32_t i = first; i < window->count; i++)
		if (window->at[i].changed)
			return true;
	return false;
}

static void fall_asleep(struct spin_window *window, struct thread *thread,
			uint32_t first)
{
	struct await await = {.steps = window->count - first};
	struct operation operation;

	if (!list_awaited(window, first, &await) ||
	    !await_make(&await, thread->pending.place, &operation))
		return;
	window->kept = thread->pending;
	thread->spin_woken = is_changed(window, first);
	thread->pending = operation;
}

static bool has_deep_stack(const struct thread *thread)
{
	return stacks_top(thread->slot) -
		       (uintptr_t)fiber_live_low(&thread->fiber) >
	       SPIN_STACK_MAX;
}

/* It has written privately: what is not known, or for the first time since it
 * is watched, makes all digests so far useless. */
static void see_written(struct spin_window *window, struct thread *thread)
{
	if ((thread->spin_wrote & SPIN_WROTE_UNKNOWN) || window->written.grown)
		forget_steps(window);
	window->written.grown = false;
	thread->spin_wrote = 0;
}

/* It has been watched in vain, which costs: the next time not so soon. */
static void give_up(struct engine *engine, struct thread *thread)
{
	forget(engine, thread);
	if (thread->spin_rest < SPIN_REST_MAX)
		thread->spin_rest = thread->spin_rest * 2 + SPIN_LOOKS;
	thread->spin_rest_until = thread->index + thread->spin_rest;
}

/* It has made a step that a round may have, and its stack is at rest. */
static void look(struct engine *engine, struct thread *thread,
		 const struct performed *performed)
{
	struct spin_window *window = window_of(engine, thread);
	uint32_t first;

	if (++thread->spin_idle >= SPIN_LOOKS || has_deep_stack(thread) ||
	    (thread->spin_wrote && performed->operation.op == OP_SPIN)) {
		give_up(engine, thread);
		return;
	}
	see_written(window, thread);
	add_step(window, thread, performed);
	first = round_start(window);
	if (first > 0)
		fall_asleep(window, thread, first);
}

/* --- What steps do */

/* It sleeps in a round that looks at nothing that is visible. */
static bool sleeps_privately(const struct thread *thread)
{
	return is_asleep(thread) && await_is_private(&thread->pending);
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
		forget_steps(window_of(engine, thread));
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

/* Whether a step of another thread changes what a step of a round has seen.
 * What others take and release as well does not. */
static bool disturbs(const struct performed *performed,
		     const struct operation *seen, bool passed)
{
	return operations_conflict(&performed->operation, seen) &&
	       !(passed && passes(performed) &&
		 !op_is_try((enum op)performed->operation.op));
}

/* Whether it wakes who sleeps. Of those that look at nothing visible, what it
 * may have done privately says so. */
static bool wakes(const struct performed *performed,
		  const struct operation *await)
{
	return operations_conflict(&performed->operation, await) &&
	       !(await_is_private(await) && passes(performed));
}

static void see_change_of_other(struct engine *engine, struct thread *thread,
				const struct performed *performed)
{
	struct spin_window *window = window_of(engine, thread);

	if (is_asleep(thread) && wakes(performed, &thread->pending))
		thread->spin_woken = true;
	for (uint32_t i = 0; i < window->count; i++)
		if (disturbs(performed, &window->at[i].operation,
			     window->at[i].passes))
			window->at[i].changed = true;
}

/* What the others look at that are watched may be otherwise than it was. */
static void tell_others(struct engine *engine, const struct thread *thread,
			const struct performed *performed)
{
	struct runtime_state *state = &engine->runtime->state;
	struct thread *other;

	FOR_LIVE(other, state)
	if (other != thread && other->spin_watched)
		see_change_of_other(engine, other, performed);
}

void spin_see_passing(struct engine *engine, struct thread *thread,
		      const struct performed *performed)
{
	if (engine->runtime->state.spin_watched > 0)
		tell_others(engine, thread, performed);
	spin_see_idle(engine, thread, performed);
}

void spin_see_change(struct engine *engine, struct thread *thread,
		     const struct performed *performed)
{
	/* That is what others did, not the thread itself. */
	if (performed->operation.op == OP_AWAIT)
		return;
	if (thread->spin_watched || thread->state != THREAD_PENDING ||
	    !spin_is_picked(thread))
		forget(engine, thread);
	else
		watch(engine, thread);
	wake_private(engine, thread);
	tell_others(engine, thread, performed);
}

void spin_go_on(struct engine *engine, struct thread *thread)
{
	struct spin_window *window = window_of(engine, thread);

	assert(thread->spin_woken);
	thread->pending = window->kept;
	thread->spin_woken = false;
	for (uint32_t i = window->floor; i < window->count; i++)
		if (window->at[i].changed)
			window->floor = i;
}

/* --- What might have been */

static bool is_of(const struct engine *engine, const struct performed *step,
		  uint32_t slot)
{
	return engine->runtime->state.threads[step->choice.thread].slot == slot;
}

/* Whether a step changed what one of the thread's own, before it, had seen: of
 * those from `first` on in the log. */
static bool changed_what_was_seen(const struct engine *engine, uint32_t slot,
				  size_t first, size_t step)
{
	for (size_t i = first; i < step; i++) {
		const struct performed *seen = &engine->log[i];

		if (is_of(engine, seen, slot) &&
		    disturbs(&engine->log[step], &seen->operation,
			     passes(seen)))
			return true;
	}
	return false;
}

/* The first step of the thread's round, whose last one comes before `end`. */
static size_t round_in_log(const struct engine *engine, uint32_t slot,
			   size_t end, uint32_t steps)
{
	while (end > 0 && steps > 0) {
		const struct performed *performed = &engine->log[--end];

		steps -= is_of(engine, performed, slot) &&
			 performed->operation.op != OP_AWAIT;
	}
	return end;
}

bool spin_is_woken_without(const struct engine *engine,
			   const struct order *order, uint32_t slot,
			   size_t before, size_t without,
			   const struct operation *await)
{
	size_t first = round_in_log(engine, slot, before, await_steps(await));

	for (size_t i = first; i < before; i++) {
		const struct performed *step = &engine->log[i];

		if (i != without && !step->idle && !is_of(engine, step, slot) &&
		    (i < without || !order_before(order, engine, without, i)) &&
		    operations_conflict(&step->operation, await) &&
		    changed_what_was_seen(engine, slot, first, i))
			return true;
	}
	return false;
}
