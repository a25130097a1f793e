/*
 * Locks that are held. See held.h.
 */
#include "runtime/held.h"

/* Sorted by thread, so that who came first leaves no mark on the state. */
ON_FIBER void held_add(struct runtime *runtime, const struct thread *thread,
		       const struct operation *operation)
{
	struct runtime_state *state = &runtime->state;
	uint32_t place = state->held_count;

	/* Beyond this nothing is known of what is held; no state gets there
	 * that a person would want to read about. */
	if (place == HELD_MAX)
		return;
	for (; place > 0 && state->held[place - 1].thread > thread->number;
	     place--)
		state->held[place] = state->held[place - 1];
	state->held[place] = (struct held){
		.address = operation->address,
		.place = operation->place,
		.thread = thread->number,
		.op = operation->op,
	};
	state->held_count++;
	/* It holds another one already. */
	if (place > 0 && state->held[place - 1].thread == thread->number &&
	    runtime->see_nested)
		runtime->see_nested(runtime->nested_context,
				    &state->held[place]);
}

static void remove_at(struct runtime_state *state, uint32_t place)
{
	state->held_count--;
	for (; place < state->held_count; place++) {
		state->held[place] = state->held[place + 1];
		/* No call of memmove(): that would leave on the stack whether
		 * other threads hold any. */
		__asm__ volatile("" : : : "memory");
	}
}

ON_FIBER bool held_remove(struct runtime *runtime, uint32_t thread,
			  uintptr_t address)
{
	struct runtime_state *state = &runtime->state;

	for (uint32_t i = state->held_count; i-- > 0;)
		if (state->held[i].address == address &&
		    state->held[i].thread == thread) {
			remove_at(state, i);
			return true;
		}
	return false;
}

ON_FIBER void held_forget(struct runtime *runtime, uintptr_t address)
{
	struct runtime_state *state = &runtime->state;

	for (uint32_t i = state->held_count; i-- > 0;)
		if (state->held[i].address == address)
			remove_at(state, i);
}

const struct held *held_next(const struct runtime_state *state, uint32_t thread,
			     uintptr_t address, uint32_t *index)
{
	while (*index < state->held_count) {
		const struct held *held = &state->held[(*index)++];

		if ((thread == THREADS_MAX || held->thread == thread) &&
		    (address == 0 || held->address == address))
			return held;
	}
	return NULL;
}
