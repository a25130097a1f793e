/*
 * Announcing: how a thread waits for its turn.
 *
 * A thread runs until it announces a visible operation; it then waits, and the
 * scheduler, which is whoever called runtime_resume(), decides who performs
 * the announced operation next. The thread itself performs it when it is
 * resumed, in the function that announced it:
 *
 *     scheduler                          thread
 *     runtime_resume(t) ───────────────> ... private code ...
 *                                        runtime_announce(lock m)
 *                       <─────────────── (waits)
 *     is it enabled? whose turn is it?
 *     runtime_resume(t) ───────────────> takes m ... private code ...
 *
 * So what an operation does stands in one place, in the order in which the
 * program does it, and a thread's progress is nothing but its stack.
 */
#ifndef EXPLORER_RUNTIME_ANNOUNCE_H
#define EXPLORER_RUNTIME_ANNOUNCE_H

#include "runtime/runtime.h"

/* Whether what the running thread, which is in an atomic section, has set as
 * its `pending` belongs to the step under way. */
ON_FIBER bool runtime_is_within_section(struct runtime *runtime);

/* Waits until it is the running thread's turn, which has set its `pending`.
 * Whoever has nothing to do afterwards ends with this call: each return on the
 * way back into the program, which is rarely where the processor takes it to
 * go, costs as much as the switch. */
ON_FIBER static inline void runtime_await_turn(struct runtime *runtime)
{
	struct thread *thread = runtime->current;
	const struct fiber *to = &runtime->scheduler;
	struct thread *next;

	if (__builtin_expect(thread->section, SECTION_NONE) &&
	    runtime_is_within_section(runtime))
		return;
	thread->state = THREAD_PENDING;
	next = runtime->driver(runtime->driver_context);
	if (next) {
		runtime_prepare(runtime, next);
		to = &next->fiber;
	}
	if (next != thread)
		fiber_switch(&thread->fiber, to);
}

/* Announces an operation, waits for its turn, and returns when it is to be
 * performed. Does not return for ending operations. */
ON_FIBER static inline void runtime_announce(struct runtime *runtime,
					     const struct operation *operation)
{
	operation_copy(&runtime->current->pending, operation);
	runtime_await_turn(runtime);
}

/* The same for a plain operation of which there is no more to say than its
 * object, which may be 0 for none. */
ON_FIBER static inline void runtime_announce_on(struct runtime *runtime,
						enum op op, uintptr_t address,
						uintptr_t place)
{
	runtime_announce(runtime, &(struct operation){.op = (uint8_t)op,
						      .order = ORDER_PLAIN,
						      .address = address,
						      .place = place});
}

/* Announces the call of a function that is not supported: this ends the
 * execution and the search. `function` is a literal. */
ON_FIBER _Noreturn void runtime_refuse(struct runtime *runtime,
				       const char *function, uintptr_t place);

#endif
