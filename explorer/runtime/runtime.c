/*
 * Announcing and resuming. See runtime.h.
 */
#include "runtime/runtime.h"

#include <assert.h>
#include <errno.h>
#include <stddef.h>

#include "base/memory.h"
#include "runtime/mutex.h"
#include "runtime/semaphore.h"
#include "runtime/thread.h"

void runtime_init(struct runtime *runtime)
{
	world_init(&runtime->world);
	contexts_init(&runtime->contexts);
	visible_init(&runtime->visible);
	touches_init(&runtime->touches, &runtime->contexts);
	runtime->private_left = PRIVATE_ACCESSES_MAX;
}

/* Puts the thread's errno and thread pointer in place. They stay when the
 * scheduler goes on, which needs neither. */
static void enter(struct runtime *runtime, struct thread *thread)
{
	struct thread **previous = &runtime->state.previous;

	if (runtime->world.tls.separate) {
		if (runtime->tls_in_place != thread->tls)
			tls_switch(&runtime->world.tls, thread->tls);
		runtime->tls_in_place = thread->tls;
	} else if (*previous != thread) {
		if (*previous)
			(*previous)->saved_errno = errno;
		errno = thread->saved_errno;
		*previous = thread;
	}
}

void runtime_resume(struct runtime *runtime, struct thread *thread)
{
	enter(runtime, thread);
	runtime->private_left = PRIVATE_ACCESSES_MAX;
	runtime->current = thread;
	fiber_switch(&runtime->scheduler, &thread->fiber);
	runtime->current = NULL;
}

uint32_t runtime_settle(struct runtime *runtime)
{
	uint32_t ran = 0;

	while (ran < runtime->ready_count)
		runtime_resume(runtime, runtime->ready[ran++]);
	runtime->ready_count = 0;
	return ran;
}

ON_FIBER void runtime_announce(struct runtime *runtime,
			       const struct operation *operation)
{
	struct thread *thread = runtime->current;

	thread->pending = *operation;
	thread->state = THREAD_PENDING;
	fiber_switch(&thread->fiber, &runtime->scheduler);
	thread->state = THREAD_READY;
}

ON_FIBER _Noreturn void runtime_refuse(struct runtime *runtime,
				       const char *function, uintptr_t place)
{
	runtime->unsupported = function;
	runtime_announce(runtime, &(struct operation){.op = OP_UNSUPPORTED,
						      .order = ORDER_PLAIN,
						      .place = place});
	__builtin_unreachable();
}

bool runtime_is_enabled(const struct thread *thread)
{
	if (thread->state != THREAD_PENDING)
		return false;
	if (thread->pending.op == OP_MUTEX_LOCK)
		return mutex_is_available(thread);
	if (thread->pending.op == OP_SEM_WAIT)
		return semaphore_is_positive(thread->pending.address);
	return true;
}

uint32_t runtime_holder(const struct runtime *runtime,
			const struct thread *thread)
{
	(void)runtime;
	if (thread->state == THREAD_JOINING)
		return thread->joining;
	if (thread->state == THREAD_PENDING &&
	    thread->pending.op == OP_MUTEX_LOCK)
		return mutex_owner(thread->pending.address);
	return THREADS_MAX;
}

struct piece runtime_piece(struct runtime *runtime)
{
	struct runtime_state *state = &runtime->state;

	return (struct piece){state, offsetof(struct runtime_state, threads) +
					     state->count *
						     sizeof(state->threads[0])};
}
