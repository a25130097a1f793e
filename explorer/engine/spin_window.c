/*
 * What was seen of a thread that is watched. See spin_window.h.
 */
#include "engine/spin_window.h"

#include <stddef.h>
#include <string.h>

#include "base/hash.h"
#include "engine/dependence.h"
#include "runtime/thing.h"

static uint64_t key_of(const struct operation *pending)
{
	return hash_mix(hash_mix(pending->place, pending->address),
			pending->kind);
}

void spin_window_begin(struct spin_window *window,
		       const struct operation *pending)
{
	window->count = 1;
	window->floor = 0;
	window->times = 0;
	window->at[0] = (struct spin_step){.key = key_of(pending)};
}

void spin_window_forget(struct spin_window *window)
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

/* How often the thread was about to do the same, as far as is known. */
static uint32_t times_at(const struct spin_window *window, uint64_t key)
{
	uint32_t times = 0;

	for (uint32_t i = 0; i < window->count; i++)
		times += window->at[i].key == key;
	return times;
}

void spin_window_add(struct spin_window *window, const struct thread *thread,
		     const struct performed *performed)
{
	struct spin_step step = {
		.operation = performed->operation,
		.key = key_of(&thread->pending),
		.passes = spin_has_passed(performed),
		.would_wait = spin_would_wait(performed),
	};

	window->times = times_at(window, step.key);
	if (window->times > 0)
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

uint32_t spin_window_round(const struct spin_window *window)
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

/* What it does to the lock that it takes or releases. */
static struct operation on_lock(const struct operation *operation)
{
	if (operation->op == OP_COND_WAIT)
		return (struct operation){.op = OP_MUTEX_UNLOCK,
					  .address = operation->source};
	return *operation;
}

/* How often more its object has been taken than released, after this step. */
static int taken_by(const struct spin_step *step)
{
	unsigned traits = op_traits[step->operation.op];

	if (!step->passes)
		return 0;
	return ((traits & OP_TRAIT_ACQUIRES) != 0) -
	       ((traits & OP_TRAIT_RELEASES) != 0);
}

static bool is_same_lock(const struct spin_step *step,
			 const struct operation *lock)
{
	const struct operation other = on_lock(&step->operation);

	return other.address == lock->address &&
	       op_object(other.op) == op_object(lock->op);
}

/* Whether the steps from `first` on release the object of the n-th one as often
 * as they take it, and never before they do. */
static bool is_passed(const struct spin_window *window, uint32_t first,
		      uint32_t n)
{
	const struct operation lock = on_lock(&window->at[n].operation);
	int taken = 0;

	for (uint32_t i = first; i < window->count; i++)
		if (is_same_lock(&window->at[i], &lock)) {
			taken += taken_by(&window->at[i]);
			if (taken < 0)
				return false;
		}
	return taken == 0;
}

/* Whether a step of a round looks at its object: one that takes what it might
 * have found taken does, too, and one that might have been signalled. */
static bool is_look(const struct spin_step *step)
{
	return !step->would_wait || step->operation.op == OP_COND_WAIT;
}

/* Whether there is room for that a step ends if the thread is cancelled. */
static bool add_cancel(struct await *await, const struct operation *operation)
{
	const struct operation tests = {.op = OP_TESTCANCEL,
					.address = operation->bytes};

	return operation_is_access(operation) || !thing_is(operation->bytes) ||
	       await_add(await, &tests);
}

/* Whether the thread, behind a round of the steps from `first` on, may sleep:
 * and if so, what it waits for then. */
static bool list_awaited(const struct spin_window *window, uint32_t first,
			 struct await *await)
{
	for (uint32_t i = first; i < window->count; i++) {
		const struct spin_step *step = &window->at[i];

		if (step->passes && !is_passed(window, first, i))
			return false;
		if (step->passes) {
			const struct operation lock = on_lock(&step->operation);

			await_pass(await, &lock);
		}
		if ((is_look(step) && !await_add(await, &step->operation)) ||
		    !add_cancel(await, &step->operation))
			return false;
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

void spin_window_sleep(struct spin_window *window, struct thread *thread,
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

void spin_window_raise(struct spin_window *window)
{
	for (uint32_t i = window->floor; i < window->count; i++)
		if (window->at[i].changed)
			window->floor = i;
}
