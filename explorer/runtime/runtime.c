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

void runtime_enter(struct runtime *runtime, struct thread *thread)
{
	struct thread **previous = &runtime->state.previous;

	runtime->entered = thread;
	if (runtime->world.tls.separate) {
		tls_switch(&runtime->world.tls, thread->tls);
	} else if (*previous != thread) {
		if (*previous)
			(*previous)->saved_errno = errno;
		errno = thread->saved_errno;
		*previous = thread;
	}
}

uint32_t runtime_settle(struct runtime *runtime)
{
	uint32_t ran = 0;

	while (ran < runtime->ready_count)
		runtime_resume(runtime, runtime->ready[ran++]);
	runtime->ready_count = 0;
	return ran;
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

bool runtime_may_perform(const struct operation *operation,
			 const struct thread *thread)
{
	if (operation->op == OP_MUTEX_LOCK)
		return mutex_is_available(thread);
	if (operation->op == OP_SEM_WAIT)
		return semaphore_is_positive(operation->address);
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
