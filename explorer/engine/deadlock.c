/*
 * Deadlocks. See deadlock.h.
 */
#include "engine/deadlock.h"

#include <string.h>

#include "base/hash.h"

static struct part part_of(const struct runtime *runtime,
			   const struct thread *thread)
{
	bool joins = thread->state == THREAD_JOINING;

	return (struct part){.thread = thread->number,
			     .holder = runtime_holder(runtime, thread),
			     .target = joins ? thread->joining : THREADS_MAX,
			     .operation = thread->pending};
}

static bool is_waiting(const struct thread *thread)
{
	return thread->state == THREAD_JOINING ||
	       (thread->state == THREAD_PENDING && !runtime_is_enabled(thread));
}

/* Follows who waits for whom from `thread`. Returns how many threads the
 * circle has that leads back to it, 0 if there is none, and marks them. */
static uint32_t circle_of(const struct runtime *runtime,
			  const struct thread *thread, bool *in_circle)
{
	const struct runtime_state *state = &runtime->state;
	const struct thread *next = thread;
	uint32_t length = 0;

	while (length < state->count) {
		uint32_t holder;

		if (!is_waiting(next))
			return 0;
		holder = runtime_holder(runtime, next);
		if (holder >= state->count)
			return 0;
		in_circle[next->number] = true;
		length++;
		next = &state->threads[holder];
		if (next == thread)
			return length;
	}
	return 0;
}

/* Reports those that wait, the circle first; the circle (or, without one, all)
 * identifies the deadlock. */
static void see(struct engine *engine, const bool *in_circle, bool others)
{
	const struct runtime *runtime = engine->runtime;
	struct part parts[THREADS_MAX];
	uint32_t count = 0;
	uint64_t circle_key = 0;
	uint64_t key = 0;

	for (unsigned pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < runtime->state.count; i++) {
			const struct thread *thread =
				&runtime->state.threads[i];
			bool first = in_circle[i];

			if (first != (pass == 0) || !is_waiting(thread) ||
			    (!first && !others))
				continue;
			parts[count] = part_of(runtime, thread);
			key += hash_mix(thread->pending.place,
					thread->pending.op);
			count++;
		}
		if (pass == 0)
			circle_key = key;
	}
	findings_see(&engine->findings, FINDING_DEADLOCK,
		     circle_key ? circle_key : key, engine->depth, parts,
		     count);
}

void deadlock_check(struct engine *engine, const struct thread *thread)
{
	bool in_circle[THREADS_MAX];

	if (!is_waiting(thread))
		return;
	memset(in_circle, 0, sizeof(in_circle));
	if (circle_of(engine->runtime, thread, in_circle) > 0)
		see(engine, in_circle, false);
}

void deadlock_end(struct engine *engine)
{
	const struct runtime *runtime = engine->runtime;
	bool in_circle[THREADS_MAX] = {false};

	for (uint32_t i = 0; i < runtime->state.count; i++) {
		const struct thread *thread = &runtime->state.threads[i];

		if (thread->state != THREAD_ENDED &&
		    circle_of(runtime, thread, in_circle) > 0)
			break;
		for (uint32_t j = 0; j < THREADS_MAX; j++)
			in_circle[j] = false;
	}
	see(engine, in_circle, true);
	engine->ended = true;
	engine->ending =
		(struct ending){.kind = END_DEADLOCK, .thread = NO_THREAD};
}
