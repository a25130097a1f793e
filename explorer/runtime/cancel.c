/*
 * Cancellation. See cancel.h.
 */
#include "runtime/cancel.h"

#include <errno.h>

#include "runtime/alternative.h"
#include "runtime/announce.h"
#include "runtime/thing.h"
#include "runtime/thread.h"

bool cancel_is_due(const struct thread *thread)
{
	return thread->cancelled && !thread->cancel_disabled &&
	       !thread->leaving;
}

static uintptr_t flag_of(const struct thread *thread)
{
	return thing_address(THING_CANCEL, thread->slot);
}

ON_FIBER _Noreturn void cancel_exit(struct runtime *runtime, void *value)
{
	struct thread *thread = runtime->current;

	thread->leaving = true;
	thread->value = value;
	if (thread->section == SECTION_ASYNCHRONOUS)
		thread->section = SECTION_NONE;
	runtime->unwind(runtime);
	__builtin_unreachable();
}

ON_FIBER _Noreturn void cancel_act(struct runtime *runtime)
{
	cancel_exit(runtime, PTHREAD_CANCELED);
}

ON_FIBER uintptr_t cancel_watch(struct runtime *runtime, uintptr_t place)
{
	const struct thread *thread = runtime->current;

	if (thread->cancel_disabled || thread->leaving)
		return 0;
	return thing_note(runtime, flag_of(thread), false, place) ||
			       thread->cancelled
		       ? flag_of(thread)
		       : 0;
}

ON_FIBER uintptr_t cancel_point(struct runtime *runtime, uintptr_t place)
{
	const struct thread *thread = runtime->current;

	if (thread->cancel_disabled || thread->leaving)
		return 0;
	if (thing_note(runtime, flag_of(thread), false, place)) {
		runtime_announce_on(runtime, OP_TESTCANCEL, flag_of(thread),
				    place);
		if (!thread->cancelled)
			return flag_of(thread);
	}
	if (thread->cancelled)
		cancel_act(runtime);
	return 0;
}

/* Without this one it would have to be woken: it waits for another's end where
 * nobody was known to cancel it. */
static void wake_joining(struct runtime *runtime, struct thread *target)
{
	if (target->state == THREAD_JOINING && cancel_is_due(target))
		runtime_make_ready(runtime, target);
}

ON_FIBER int cancel_request(struct runtime *runtime, pthread_t handle,
			    uintptr_t place)
{
	struct thread *target = thread_find(runtime, handle);

	if (!target)
		return ESRCH;
	if (thing_note(runtime, flag_of(target), true, place))
		runtime_announce_on(runtime, OP_CANCEL, flag_of(target), place);
	if (target->state == THREAD_ENDED)
		return target->joined ? ESRCH : 0;
	target->cancelled = true;
	wake_joining(runtime, target);
	if (target == runtime->current && target->cancel_asynchronous &&
	    cancel_is_due(target))
		cancel_act(runtime);
	return 0;
}

/* What is the second half of something is not to be left. */
static bool is_half_done(const struct thread *thread)
{
	return thread->waits_on != 0 || thread->pending.op == OP_BARRIER_LEAVE;
}

/* Who waits for a lock is about to do this, if it may be cancelled there. */
static enum op cancellable(enum op op)
{
	if (op == OP_MUTEX_LOCK)
		return OP_MUTEX_TIMEDLOCK;
	if (op == OP_RWLOCK_RDLOCK)
		return OP_RWLOCK_TIMEDRDLOCK;
	if (op == OP_RWLOCK_WRLOCK)
		return OP_RWLOCK_TIMEDWRLOCK;
	return op == OP_SPIN_LOCK ? OP_SPIN_LOCK_WAIT : op;
}

/* Who waits for a lock may be cancelled there, too. What that commutes with is
 * known when it is over. */
static void let_cancel(struct operation *operation, uintptr_t flag)
{
	const enum op op = (enum op)operation->op;

	if (!flag || cancellable(op) == op)
		return;
	operation->op = (uint8_t)cancellable(op);
	operation->alternatives = WAIT_VARIES | WAIT_CANCEL;
	operation->bytes = flag;
	operation->source = operation->detail == COMMUTES_READERS;
	operation->detail = COMMUTES_NOT;
}

ON_FIBER void cancel_any_time(struct runtime *runtime)
{
	struct thread *thread = runtime->current;
	struct operation operation = thread->pending;

	if (is_half_done(thread))
		return;
	thread->section = SECTION_NONE;
	/* Who wants to write may stand in a queue, and is to leave it. */
	let_cancel(&operation,
		   operation.op == OP_RWLOCK_WRLOCK
			   ? cancel_watch(runtime, operation.place)
			   : cancel_point(runtime, operation.place));
	thread->section = SECTION_ASYNCHRONOUS;
	operation_copy(&thread->pending, &operation);
}

ON_FIBER void cancel_between(struct runtime *runtime, uintptr_t place)
{
	struct thread *thread = runtime->current;

	thread->section = SECTION_NONE;
	cancel_point(runtime, place);
	thread->section = SECTION_ASYNCHRONOUS;
}

/* Where a thread may be cancelled at any time, and is to be. */
ON_FIBER static void act_at_once(struct runtime *runtime, uintptr_t place)
{
	struct thread *thread = runtime->current;

	if (thread->sections == 0)
		thread->section = SECTION_NONE;
	if (!thread->cancel_asynchronous)
		return;
	cancel_point(runtime, place);
	if (thread->sections == 0)
		thread->section = SECTION_ASYNCHRONOUS;
}

ON_FIBER int cancel_set_state(struct runtime *runtime, int state, int *ret_old,
			      uintptr_t place)
{
	struct thread *thread = runtime->current;

	if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
		return EINVAL;
	*ret_old = thread->cancel_disabled ? PTHREAD_CANCEL_DISABLE
					   : PTHREAD_CANCEL_ENABLE;
	act_at_once(runtime, place);
	thread->cancel_disabled = state == PTHREAD_CANCEL_DISABLE;
	runtime_note_private(runtime);
	act_at_once(runtime, place);
	return 0;
}

/* What is left of its private accesses is counted on (runtime_is_slow()). */
static void change_type(struct runtime *runtime)
{
	struct thread *thread = runtime->current;

	thread->cancel_asynchronous = !thread->cancel_asynchronous;
	if (thread->spin_watched)
		return;
	if (thread->cancel_asynchronous) {
		runtime->spin_private_left = runtime->private_left;
		runtime->private_left = 1;
	} else {
		runtime->private_left = runtime->spin_private_left;
	}
}

ON_FIBER int cancel_set_type(struct runtime *runtime, int type, int *ret_old,
			     uintptr_t place)
{
	struct thread *thread = runtime->current;

	if (type != PTHREAD_CANCEL_DEFERRED &&
	    type != PTHREAD_CANCEL_ASYNCHRONOUS)
		return EINVAL;
	*ret_old = thread->cancel_asynchronous ? PTHREAD_CANCEL_ASYNCHRONOUS
					       : PTHREAD_CANCEL_DEFERRED;
	act_at_once(runtime, place);
	if (thread->cancel_asynchronous !=
	    (type == PTHREAD_CANCEL_ASYNCHRONOUS))
		change_type(runtime);
	runtime_note_private(runtime);
	act_at_once(runtime, place);
	return 0;
}
