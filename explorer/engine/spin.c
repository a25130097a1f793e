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

static void watch(struct engine *engine, struct thread *thread)
{
	struct spin_window **window = &engine->spins[thread->number];

	if (thread->index < thread->spin_rest_until) {
		spin_restart_count(thread);
		return;
	}
	if (!*window)
		*window = memory_new(sizeof(**window));
	spin_window_begin(*window, &thread->pending);
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
	thread->spin_due_at = thread->index;
	if (!thread->spin_watched)
		watch(engine, thread);
}

/* --- Looking */

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
		spin_window_forget(window);
	window->written.grown = false;
	thread->spin_wrote = 0;
}

/* It has been watched in vain, which costs: the next time not so soon. */
static void give_up(struct engine *engine, struct thread *thread)
{
	uint32_t doublings = thread->spin_in_vain < SPIN_DOUBLINGS
				     ? thread->spin_in_vain
				     : SPIN_DOUBLINGS;

	forget(engine, thread);
	thread->spin_rest_until = thread->index + (SPIN_LOOKS << doublings);
	thread->spin_in_vain++;
}

static bool is_watched_long(const struct thread *thread)
{
	return thread->spin_in_vain % SPIN_LONG == 0;
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
	spin_window_add(window, thread, performed);
	first = spin_window_round(window);
	if (first > 0)
		spin_window_sleep(window, thread, first);
	else if (window->times >= SPIN_TIMES && !is_watched_long(thread))
		give_up(engine, thread);
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
		spin_window_forget(window_of(engine, thread));
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

/* Whether it wakes who sleeps. Of those that look at nothing visible, what it
 * may have done privately says so. */
static bool wakes(const struct performed *performed,
		  const struct operation *await)
{
	return operations_conflict(&performed->operation, await) &&
	       !(await_is_private(await) && spin_has_passed(performed));
}

/* Whether a step of another thread changes what a step of a round has seen.
 * What both take and release does not, if they both would have waited. */
static inline bool disturbs(const struct performed *performed, bool would_wait,
			    const struct operation *seen, bool seen_would_wait)
{
	return !(would_wait && seen_would_wait) &&
	       operations_conflict(&performed->operation, seen);
}

static void see_change_of_other(struct engine *engine, struct thread *thread,
				const struct performed *performed)
{
	struct spin_window *window = window_of(engine, thread);
	bool would_wait = spin_would_wait(performed);

	if (is_asleep(thread) && wakes(performed, &thread->pending))
		thread->spin_woken = true;
	for (uint32_t i = 0; i < window->count; i++) {
		struct spin_step *seen = &window->at[i];

		if (!seen->changed)
			seen->changed =
				disturbs(performed, would_wait,
					 &seen->operation, seen->would_wait);
	}
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
	    !spin_is_due(thread))
		forget(engine, thread);
	else
		spin_suspect_writer(engine, thread);
	wake_private(engine, thread);
	tell_others(engine, thread, performed);
}

void spin_go_on(struct engine *engine, struct thread *thread)
{
	struct spin_window *window = window_of(engine, thread);

	assert(thread->spin_woken);
	thread->pending = window->kept;
	thread->spin_woken = false;
	spin_window_raise(window);
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
	const struct performed *changes = &engine->log[step];

	for (size_t i = first; i < step; i++) {
		const struct performed *seen = &engine->log[i];

		if (is_of(engine, seen, slot) &&
		    disturbs(changes, spin_would_wait(changes),
			     &seen->operation, spin_would_wait(seen)))
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
