/*
 * Threads. See thread.h.
 */
#include "runtime/thread.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/single_threaded.h>

#include "runtime/announce.h"
#include "runtime/cancel.h"
#include "runtime/dead_stack.h"
#include "runtime/frame_end.h"
#include "runtime/join.h"
#include "runtime/leaving.h"
#include "runtime/settings.h"
#include "runtime/specific.h"
#include "runtime/thing.h"
#include "world/imports.h"

/* The stack's lowest address: unique, mapped, the same in every execution, and
 * never a null pointer. */
pthread_t thread_handle(const struct thread *thread)
{
	return (pthread_t)(stacks_top(thread->slot) - STACK_BYTES);
}

pthread_t thread_self(struct runtime *runtime)
{
	runtime->selves_asked |= runtime->current->slot != 0;
	return thread_handle(runtime->current);
}

struct thread *thread_find(struct runtime *runtime, pthread_t handle)
{
	struct runtime_state *state = &runtime->state;
	/* main's children have their numbers for slots if nobody else creates
	 * any. */
	uint64_t slot = stacks_slot((uintptr_t)handle);

	runtime->entangled |= ENTANGLED_WITH_THREADS;
	if (slot < state->count &&
	    thread_handle(&state->threads[slot]) == handle)
		return &state->threads[slot];
	for (uint32_t i = 0; i < state->count; i++)
		if (thread_handle(&state->threads[i]) == handle)
			return &state->threads[i];
	return NULL;
}

/* Slots for children of others than main; one is taken (LAYOUT_SLOT_SETUP). */
#define SLOTS_HASHED (LAYOUT_SLOTS - LAYOUT_SLOTS_DIRECT)

/* The slot of the creator's n-th child: the number itself for main's children,
 * else by the hash of the identity, the same in nearly every process.
 * Identities of all executions have theirs. */
ON_FIBER static uint32_t child_slot(struct runtime *runtime,
				    const struct thread *creator,
				    uintptr_t place)
{
	uint32_t direct = creator->children;
	uint64_t key = ((uint64_t)creator->slot << 32 | direct) + 1;
	uint64_t *slot;
	uint32_t probe;

	if (creator->slot == 0 && direct < LAYOUT_SLOTS_DIRECT)
		return direct;
	slot = map_get(&runtime->slots, key);
	if (slot)
		return (uint32_t)*slot;
	if (runtime->slots.count == SLOTS_HASHED - 1)
		runtime_refuse(runtime, "pthread_create by so many threads",
			       place);
	slot = map_add(&runtime->slots, key);
	probe = (uint32_t)(hash_mix(key, 7) % SLOTS_HASHED);
	while (runtime->slot_used[LAYOUT_SLOTS_DIRECT + probe])
		probe = (probe + 1) % SLOTS_HASHED;
	*slot = LAYOUT_SLOTS_DIRECT + probe;
	runtime->slot_used[*slot] = true;
	return (uint32_t)*slot;
}

struct thread *thread_new(struct runtime *runtime, uint32_t slot,
			  size_t stack_bytes, void (*entry)(void *),
			  void *argument)
{
	struct runtime_state *state = &runtime->state;
	struct thread *thread = &state->threads[state->count];
	void *stack = stacks_low(&runtime->world.stacks, slot, stack_bytes);

	if (!stack)
		return NULL;
	memset(thread, 0, sizeof(*thread));
	thread->slot = slot;
	thread->number = state->count++;
	state->live[state->alive++] = (uint16_t)thread->number;
	thread->stack_bytes = stack_bytes;
	fiber_init(&thread->fiber, stack, stack_bytes, entry, argument);
	runtime_make_ready(runtime, thread);
	return thread;
}

ON_FIBER static void *call_start(const struct thread *thread)
{
	int (*start)(void *) = (int (*)(void *))(uintptr_t)thread->start;

	if (thread->returns_int)
		return (void *)(intptr_t)start(thread->argument);
	return thread->start(thread->argument);
}

ON_FIBER static void thread_main(void *argument)
{
	struct runtime *runtime = argument;
	struct thread *thread = runtime->current;

	if (runtime->world.tls.separate)
		tls_start();
	/* What came before has left where its thread lies. */
	dead_stack_clean();
	thread_exit(runtime, call_start(thread));
}

static bool wants_detached(const pthread_attr_t *attributes)
{
	int state;

	return attributes &&
	       pthread_attr_getdetachstate(attributes, &state) == 0 &&
	       state == PTHREAD_CREATE_DETACHED;
}

/* Otherwise than its creator does. */
static void block_signals(struct thread *thread,
			  const pthread_attr_t *attributes)
{
	sigset_t set;

	if (attributes && pthread_attr_getsigmask_np(attributes, &set) == 0)
		thread->settings.blocked = set.__val[0];
}

/* A thread's stack has to hold our own frames, too. */
static size_t stack_bytes_of(const pthread_attr_t *attributes)
{
	size_t asked = 0;

	if (!attributes || pthread_attr_getstacksize(attributes, &asked) != 0 ||
	    asked == STACK_BYTES)
		return STACK_BYTES;
	asked = (asked + PAGE_BYTES - 1) & ~(size_t)(PAGE_BYTES - 1);
	return asked + STACK_BYTES_OWN;
}

/* As libc's own pthread_create() says, to those who count references without
 * atomic operations as long as there is one thread only. */
static void say_there_are_several(void)
{
	if (__libc_single_threaded)
		__libc_single_threaded = 0;
}

ON_FIBER int thread_create(struct runtime *runtime, pthread_t *ret_thread,
			   const struct thread_plan *plan, uintptr_t place)
{
	struct thread *creator = runtime->current;
	size_t stack_bytes = stack_bytes_of(plan->attributes);
	struct thread *thread;
	void *tls = NULL;

	if (runtime->state.count == THREADS_MAX)
		runtime_refuse(runtime, "pthread_create of a 1024th thread",
			       place);
	if (stack_bytes > STACK_BYTES_MAX)
		return EAGAIN;
	if (runtime->world.tls.separate) {
		tls = tls_new(&runtime->world.tls);
		if (!tls)
			return EAGAIN;
	}
	say_there_are_several();
	creator->children++;
	thread = thread_new(runtime, child_slot(runtime, creator, place),
			    stack_bytes, thread_main, runtime);
	if (!thread)
		return EAGAIN;
	thread->creator = creator->number;
	thread->now = creator->now;
	thread->creator_fences = creator->fences;
	thread->created_at = runtime->step;
	thread->created_place = place;
	thread->created_nth = runtime->state.creates_and_joins++;
	thread->tls = tls;
	thread->start = plan->start;
	thread->argument = plan->argument;
	thread->returns_int = plan->returns_int;
	thread->detached = wants_detached(plan->attributes);
	thread->settings = creator->settings;
	block_signals(thread, plan->attributes);
	thread->context = contexts_create(&runtime->contexts, creator->context,
					  thread->slot);
	creator->context =
		contexts_after_create(&runtime->contexts, creator->context);
	block_calls_create(runtime, thread);
	*ret_thread = thread_handle(thread);
	return 0;
}

static void remove_live(struct runtime_state *state, uint32_t number)
{
	uint32_t at = 0;

	while (state->live[at] != number)
		at++;
	state->alive--;
	memmove(&state->live[at], &state->live[at + 1],
		(state->alive - at) * sizeof(*state->live));
}

/* The process ends after the last thread: its exit, and what handlers of that
 * do, come after all that the others did. */
static void learn_from_ended(struct runtime *runtime, struct thread *thread)
{
	struct runtime_state *state = &runtime->state;

	for (uint32_t i = 0; i < state->count; i++)
		if (state->threads[i].state == THREAD_ENDED &&
		    !state->threads[i].joined)
			join_learn(runtime, thread, &state->threads[i]);
}

/* The end is a step, where others look for it. */
ON_FIBER static void announce_end(struct runtime *runtime)
{
	uintptr_t end = thing_address(THING_END, runtime->current->slot);

	if (thing_note(runtime, end, true, 0))
		runtime_announce(runtime,
				 &(struct operation){.op = OP_END,
						     .order = ORDER_PLAIN,
						     .address = end});
}

ON_FIBER _Noreturn void thread_exit(struct runtime *runtime, void *value)
{
	struct thread *thread = runtime->current;
	struct runtime_state *state = &runtime->state;
	struct thread *other;
	struct fiber gone;

	if (thread->section == SECTION_ASYNCHRONOUS) {
		cancel_between(runtime, 0);
		thread->section = SECTION_NONE;
	}
	thread->value = value;
	thread->leaving = true;
	if (runtime->world.tls.separate)
		tls_destroy();
	specific_destroy(runtime);
	leaving_release(runtime);
	frame_end_thread(runtime, (uintptr_t)__builtin_frame_address(0));
	announce_end(runtime);
	/* The last thread's end ends the process, as if by exit(0). */
	if (state->alive == 1) {
		learn_from_ended(runtime, thread);
		exit(EXIT_SUCCESS);
	}
	thread->state = THREAD_ENDED;
	remove_live(state, thread->number);
	FOR_LIVE(other, state)
	if (other->joining == thread->number && other->state == THREAD_JOINING)
		runtime_make_ready(runtime, other);
	/* Nobody will go on with it. A jump, which trusts nothing of the
	 * floating-point unit, takes longer. */
	fiber_switch(&gone, &runtime->scheduler);
	__builtin_unreachable();
}

ON_FIBER void thread_yield(struct runtime *runtime)
{
	runtime->current->yielded = true;
}

int runtime_start(struct runtime *runtime, void (*entry)(void *),
		  void *argument)
{
	struct thread *main_thread;

	runtime->state.count = 0;
	runtime->state.alive = 0;
	runtime->own_stacks = imports_stack_switch(&runtime->world.modules);
	runtime->slot_used[0] = true;
	runtime->slot_used[LAYOUT_SLOT_SETUP] = true;
	main_thread = thread_new(runtime, 0, STACK_BYTES, entry, argument);
	if (!main_thread)
		return -1;
	main_thread->now = runtime->world.clock_ns;
	/* Whatever uses thread-local storage from now on, the search included,
	 * uses main's block in the world. */
	main_thread->tls = tls_new_main(&runtime->world.tls);
	if (!main_thread->tls)
		return -1;
	tls_switch(&runtime->world.tls, main_thread->tls);
	tls_start();
	settings_init(&main_thread->settings, program_invocation_short_name);
	if (!runtime->world.tls.separate)
		runtime->shared_errno = (uintptr_t)__errno_location();
	return 0;
}
