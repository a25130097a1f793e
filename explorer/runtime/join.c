/*
 * Waiting for the end of threads. See join.h.
 */
#include "runtime/join.h"

#include <errno.h>

#include "runtime/alternative.h"
#include "runtime/announce.h"
#include "runtime/cancel.h"
#include "runtime/dead_stack.h"
#include "runtime/memory.h"
#include "runtime/misuse.h"
#include "runtime/thing.h"
#include "runtime/thread.h"

void join_learn(struct runtime *runtime, struct thread *thread,
		struct thread *ended)
{
	ended->joined = true;
	ended->joined_by = thread->number;
	ended->joined_at = runtime->step;
	if (thread->now < ended->now)
		thread->now = ended->now;
	ended->joined_nth = runtime->state.creates_and_joins++;
	thread->context = contexts_join(&runtime->contexts, thread->context,
					ended->context);
}

/* That is written by libc, on the program's behalf: perhaps where another
 * thread reads. */
ON_FIBER static int take_value(struct runtime *runtime, struct thread *target,
			       void **ret_value, uintptr_t place)
{
	runtime->current->result = 0;
	join_learn(runtime, runtime->current, target);
	if (ret_value) {
		memory_range(runtime, (uintptr_t)ret_value, sizeof(*ret_value),
			     true, place);
		*ret_value = target->value;
	}
	return 0;
}

static bool is_awaited(const struct runtime *runtime,
		       const struct thread *target)
{
	const struct thread *other;

	FOR_LIVE(other, &runtime->state)
	if (other->joining == target->number && join_is_waiting(other))
		return true;
	return false;
}

/* What keeps the running thread from joining another; 0: nothing. */
static int objection(const struct runtime *runtime, const struct thread *target)
{
	if (!target || target->joined)
		return ESRCH;
	if (target == runtime->current)
		return EDEADLK;
	if (target->detached || is_awaited(runtime, target))
		return EINVAL;
	return 0;
}

/* The same, and the operation `op`, which is a misuse then. */
ON_FIBER static int object_to(struct runtime *runtime,
			      const struct thread *target, enum op op,
			      uintptr_t place)
{
	int error = objection(runtime, target);
	bool detaches = op == OP_DETACH;
	enum misuse what;

	if (!error)
		return 0;
	if (!target)
		what = detaches ? MISUSE_DETACH_UNKNOWN : MISUSE_JOIN_UNKNOWN;
	else if (target->joined)
		what = detaches ? MISUSE_DETACH_JOINED : MISUSE_JOIN_AGAIN;
	else if (target->detached)
		what = detaches ? MISUSE_DETACH_AGAIN : MISUSE_JOIN_DETACHED;
	else
		what = target == runtime->current ? MISUSE_JOIN_SELF
						  : MISUSE_JOIN_AWAITED;
	misuse_see_of(runtime, what,
		      &(struct operation){.op = (uint8_t)op,
					  .order = ORDER_PLAIN,
					  .place = place},
		      target ? target->number : THREADS_MAX);
	return error;
}

/* Waits where another thread may cancel this one on the way, or has done so. As
 * in glibc, whoever need not wait may go on all the same. */
ON_FIBER static void await_end_or_act(struct runtime *runtime,
				      const struct thread *target,
				      uintptr_t flag, uintptr_t place)
{
	uintptr_t end = thing_address(THING_END, target->slot);

	thing_note(runtime, end, false, place);
	runtime->current->joining = target->number;
	runtime_announce(
		runtime,
		&(struct operation){.op = OP_JOIN_WAIT,
				    .order = ORDER_PLAIN,
				    .alternatives = WAIT_VARIES | WAIT_CANCEL,
				    .address = end,
				    .bytes = flag,
				    .place = place});
	if (runtime->current->alternative == RESULT_CANCELLED)
		cancel_act(runtime);
}

ON_FIBER static void await_end(struct runtime *runtime,
			       const struct thread *target, uintptr_t place)
{
	struct thread *thread = runtime->current;
	uintptr_t flag = cancel_watch(runtime, place);

	if (flag) {
		await_end_or_act(runtime, target, flag, place);
		return;
	}
	if (target->state == THREAD_ENDED)
		return;
	thread->pending = (struct operation){
		.op = OP_JOIN, .order = ORDER_PLAIN, .place = place};
	thread->joining = target->number;
	thread->state = THREAD_JOINING;
	fiber_switch(&thread->fiber, &runtime->scheduler);
	if (target->state != THREAD_ENDED)
		cancel_act(runtime);
}

/* Somebody may have detached it meanwhile: whether before or after it was
 * waited for, one of them is a misuse. glibc goes on with the value. */
ON_FIBER static int take_joined(struct runtime *runtime, struct thread *target,
				void **ret_value, uintptr_t place)
{
	if (target->detached)
		object_to(runtime, target, OP_JOIN, place);
	return take_value(runtime, target, ret_value, place);
}

ON_FIBER int join_wait(struct runtime *runtime, pthread_t handle,
		       void **ret_value, uintptr_t place)
{
	struct thread *target = thread_find(runtime, handle);
	int error = object_to(runtime, target, OP_JOIN, place);

	if (error)
		return error;
	await_end(runtime, target, place);
	/* Whether it had to wait nobody is to see. */
	dead_stack_clean();
	return take_joined(runtime, target, ret_value, place);
}

/* Looks whether a thread has ended: a step where that can come too early. */
ON_FIBER static void look(struct runtime *runtime, enum op op,
			  const struct thread *target, uintptr_t place)
{
	uintptr_t end = thing_address(THING_END, target->slot);

	if (thing_note(runtime, end, op != OP_KILL, place))
		runtime_announce_on(runtime, op, end, place);
}

/* Waits until the thread has ended, or the deadline has passed, or this thread
 * is cancelled. Returns whether it has passed; if it had before, that was no
 * more than a look. */
ON_FIBER static bool runs_out(struct runtime *runtime,
			      const struct thread *target,
			      const struct deadline *deadline, uintptr_t place)
{
	struct thread *thread = runtime->current;
	uintptr_t end = thing_address(THING_END, target->slot);
	uintptr_t flag;

	if (deadline->ns <= thread->now) {
		look(runtime, OP_TRYJOIN, target, place);
		return target->state != THREAD_ENDED;
	}
	flag = cancel_watch(runtime, place);
	thing_note(runtime, end, true, place);
	thread->joining = target->number;
	runtime_announce(
		runtime,
		&(struct operation){
			.op = OP_TIMEDJOIN,
			.order = ORDER_PLAIN,
			.alternatives =
				(uint16_t)(deadline_kind(runtime, deadline) |
					   (flag ? WAIT_CANCEL : 0U)),
			.address = end,
			.bytes = flag,
			.place = place});
	if (thread->alternative == RESULT_CANCELLED)
		cancel_act(runtime);
	return thread->alternative > 0;
}

/* Whoever has joined it already did so in silence: that is looked at after the
 * step, as whether it has ended is. */
ON_FIBER int join_until(struct runtime *runtime, pthread_t handle,
			void **ret_value, const struct deadline *deadline,
			uintptr_t place)
{
	struct thread *thread = runtime->current;
	struct thread *target = thread_find(runtime, handle);
	bool passed = false;
	int error = 0;

	if (!target || !target->joined)
		error = object_to(runtime, target, OP_JOIN, place);
	if (error)
		return error;
	if (deadline->invalid)
		look(runtime, OP_TRYJOIN, target, place);
	else
		passed = runs_out(runtime, target, deadline, place);
	if (passed)
		return thread->result = deadline_pass(runtime, deadline);
	if (target->state != THREAD_ENDED)
		return thread->result = EINVAL;
	if (target->joined)
		return thread->result =
			       object_to(runtime, target, OP_JOIN, place);
	return thread->result = take_joined(runtime, target, ret_value, place);
}

ON_FIBER int join_try(struct runtime *runtime, pthread_t handle,
		      void **ret_value, uintptr_t place)
{
	struct thread *thread = runtime->current;
	struct thread *target = thread_find(runtime, handle);
	int error = EBUSY;

	if (!target)
		return ESRCH;
	if (target == thread)
		return EBUSY;
	look(runtime, OP_TRYJOIN, target, place);
	if (target->state == THREAD_ENDED)
		error = objection(runtime, target);
	if (error)
		return thread->result = error;
	return take_value(runtime, target, ret_value, place);
}

ON_FIBER int join_detach(struct runtime *runtime, pthread_t handle,
			 uintptr_t place)
{
	struct thread *target = thread_find(runtime, handle);

	if (!target || target->joined || target->detached)
		return object_to(runtime, target, OP_DETACH, place);
	target->detached = true;
	return 0;
}

ON_FIBER bool join_is_going_on(struct runtime *runtime,
			       const struct thread *target, uintptr_t place)
{
	look(runtime, OP_KILL, target, place);
	return target->state != THREAD_ENDED;
}

/* A thread is there until it is joined; a detached one, until it ends. */
ON_FIBER int join_is_there(struct runtime *runtime, pthread_t handle,
			   uintptr_t place)
{
	struct thread *thread = runtime->current;
	struct thread *target = thread_find(runtime, handle);

	if (!target || target->joined)
		return ESRCH;
	if (!target->detached)
		return 0;
	look(runtime, OP_KILL, target, place);
	return thread->result = target->state == THREAD_ENDED ? ESRCH : 0;
}
