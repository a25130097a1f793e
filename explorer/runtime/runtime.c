/*
 * Setting up, and threads that go on silently. See runtime.h.
 */
#include "runtime/runtime.h"

#include <assert.h>
#include <stddef.h>

#include "runtime/semaphore_named.h"
#include "runtime/signals.h"
#include "runtime/specific.h"

void runtime_init(struct runtime *runtime)
{
	world_init(&runtime->world);
	contexts_init(&runtime->contexts);
	visible_init(&runtime->visible);
	touches_init(&runtime->touches, &runtime->contexts);
	specific_init(runtime);
	semaphore_named_init(runtime);
	signals_init(runtime);
	runtime->private_left = PRIVATE_ACCESSES_MAX;
	runtime->driver = runtime_no_driver;
}

ON_FIBER struct thread *runtime_no_driver(void *context)
{
	(void)context;
	return NULL;
}

void runtime_make_ready(struct runtime *runtime, struct thread *thread)
{
	uint32_t last = runtime->ready_first + runtime->ready_count++;

	assert(runtime->ready_count <= THREADS_MAX);
	runtime->ready[last % THREADS_MAX] = thread;
}

struct thread *runtime_settle_one(struct runtime *runtime)
{
	struct thread *thread;

	if (runtime->ready_count == 0)
		return NULL;
	thread = runtime->ready[runtime->ready_first];
	runtime->ready_first = (runtime->ready_first + 1) % THREADS_MAX;
	runtime->ready_count--;
	runtime_resume(runtime, thread);
	return thread;
}

void runtime_note_uncontrolled(struct runtime *runtime, const char *function,
			       uintptr_t place, bool is_suspect)
{
	struct uncontrolled *call = runtime->uncontrolled;
	const struct uncontrolled *end = call + runtime->uncontrolled_count;

	runtime->entangled |= ENTANGLED;
	while (call < end && call->place != place)
		call++;
	if (call == end && runtime->uncontrolled_count == UNCONTROLLED_MAX)
		return;
	runtime->uncontrolled_count += call == end;
	*call = (struct uncontrolled){
		.function = function,
		.place = place,
		.thread = runtime->current ? runtime->current->number : 0,
		.step = runtime->step,
		.is_suspect = is_suspect};
}

void runtime_pieces(struct runtime *runtime, struct piece *ret_pieces)
{
	struct runtime_state *state = &runtime->state;

	ret_pieces[0] =
		(struct piece){state, offsetof(struct runtime_state, live)};
	ret_pieces[1] = (struct piece){state->live,
				       state->alive * sizeof(state->live[0])};
	ret_pieces[2] = (struct piece){
		state->keys, state->key_count * sizeof(state->keys[0])};
	ret_pieces[3] = (struct piece){
		state->held, state->held_count * sizeof(state->held[0])};
	ret_pieces[4] = (struct piece){
		state->asked, state->asked_count * sizeof(state->asked[0])};
	ret_pieces[5] = (struct piece){
		state->threads, state->count * sizeof(state->threads[0])};
}
