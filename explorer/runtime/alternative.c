/*
 * Operations that may have several results. See alternative.h.
 */
#include "runtime/alternative.h"

#include "runtime/cancel.h"
#include "runtime/condition.h"
#include "runtime/futex.h"
#include "runtime/mutex_state.h"
#include "runtime/rwlock.h"
#include "runtime/semaphore.h"
#include "runtime/spin_lock.h"

/* What each kind is with each of its results; nothing of those that stay what
 * they are. */
static const uint8_t becomes[OP_COUNT][ALTERNATIVES_OF_WAITS] = {
	[OP_COND_REACQUIRE] = {OP_COND_REACQUIRE, OP_COND_TIMEOUT,
			       OP_COND_SPURIOUS, OP_COND_CANCELLED},
	[OP_FUTEX_AWAKE] = {OP_FUTEX_AWAKE, OP_FUTEX_TIMEOUT, OP_FUTEX_SPURIOUS,
			    OP_FUTEX_AWAKE},
	[OP_MUTEX_TIMEDLOCK] = {OP_MUTEX_LOCK, OP_MUTEX_TIMEOUT,
				OP_MUTEX_TIMEOUT, OP_MUTEX_CANCELLED},
	[OP_RWLOCK_TIMEDRDLOCK] = {OP_RWLOCK_RDLOCK, OP_RWLOCK_RDTIMEOUT,
				   OP_RWLOCK_RDTIMEOUT, OP_RWLOCK_RDCANCELLED},
	[OP_RWLOCK_TIMEDWRLOCK] = {OP_RWLOCK_WRLOCK, OP_RWLOCK_WRTIMEOUT,
				   OP_RWLOCK_WRTIMEOUT, OP_RWLOCK_WRCANCELLED},
	[OP_SPIN_LOCK_WAIT] = {OP_SPIN_LOCK, OP_SPIN_CANCELLED,
			       OP_SPIN_CANCELLED, OP_SPIN_CANCELLED},
	[OP_SEM_TIMEDWAIT] = {OP_SEM_WAIT, OP_SEM_TIMEOUT, OP_SEM_TIMEOUT,
			      OP_SEM_CANCELLED},
	[OP_TIMEDJOIN] = {OP_JOIN_WAIT, OP_JOIN_TIMEOUT, OP_JOIN_CANCELLED,
			  OP_JOIN_CANCELLED},
	[OP_JOIN_WAIT] = {OP_JOIN_WAIT, OP_JOIN_CANCELLED, OP_JOIN_CANCELLED,
			  OP_JOIN_CANCELLED},
};

enum op alternative_op(enum op announced, uint32_t alternative)
{
	const uint8_t *row = becomes[announced];

	return row[0] ? (enum op)row[alternative % ALTERNATIVES_OF_WAITS]
		      : announced;
}

bool alternative_is_timeout(enum op op)
{
	return op == OP_MUTEX_TIMEOUT || op == OP_RWLOCK_RDTIMEOUT ||
	       op == OP_RWLOCK_WRTIMEOUT || op == OP_SEM_TIMEOUT ||
	       op == OP_JOIN_TIMEOUT;
}

/* Whether it has found that there was nothing to be had, and done no more. One
 * who waited to write may have kept others from reading. Where a wait may be
 * cancelled as well, all that it may come to at one place depends on the
 * same. */
static bool only_timed_out(const struct operation *operation)
{
	return alternative_is_timeout((enum op)operation->op) &&
	       !(operation->alternatives & WAIT_CANCEL) &&
	       !(operation->op == OP_RWLOCK_WRTIMEOUT && operation->source);
}

void alternative_take(const struct runtime *runtime, enum op announced,
		      uint32_t alternative, struct operation *operation)
{
	if (!op_varies(announced))
		return;
	operation->op = (uint8_t)alternative_op(announced, alternative);
	if (runtime->refined && only_timed_out(operation))
		operation->detail = COMMUTES_LOOKS;
	else if (operation->op == OP_RWLOCK_RDLOCK)
		operation->detail = commuting_if_got(operation);
}

struct operation alternative_operation(const struct thread *thread,
				       uint32_t alternative)
{
	struct operation operation = thread->pending;

	alternative_take(thread_runtime_of(thread), (enum op)operation.op,
			 alternative, &operation);
	return operation;
}

/* A try for a mutex: the second result is to fail without a reason. */
static uint32_t results_of_try(const struct thread *thread)
{
	const pthread_mutex_t *mutex =
		(const pthread_mutex_t *)thread->pending.address;

	return thread_runtime_of(thread)->tries_fail && !mutex_is_held(mutex)
		       ? 2
		       : 1;
}

uint32_t alternative_count(const struct thread *thread)
{
	const struct operation *pending = &thread->pending;

	if (pending->op == OP_MUTEX_TRYLOCK)
		return results_of_try(thread);
	if (alternative_is_queued((enum op)pending->op))
		return ALTERNATIVES_OF_WAITS;
	if (!alternative_wakes((enum op)pending->op))
		return pending->alternatives & WAIT_CANCEL
			       ? ALTERNATIVES_OF_WAITS
			       : 2;
	return alternative_choices(
		pending,
		condition_waiters(thread_state_of(thread), pending->address));
}

uint32_t alternative_choices(const struct operation *wake, uint32_t waiters)
{
	if (wake->op == OP_FUTEX_WAKE)
		return futex_results(wake, waiters);
	return waiters > 0 ? waiters : 1;
}

/* Whether the thread can have what it waits for, that of a condition being a
 * signal and the mutex. */
static bool is_given(const struct thread *thread)
{
	if (op_object(thread->pending.op) == OP_OBJECT_THREAD)
		return thread_state_of(thread)
			       ->threads[thread->joining]
			       .state == THREAD_ENDED;
	if (thread->pending.op == OP_SEM_TIMEDWAIT)
		return semaphore_is_positive(thread->pending.address);
	if (op_object(thread->pending.op) == OP_OBJECT_RWLOCK)
		return rwlock_is_available(thread);
	if (op_object(thread->pending.op) == OP_OBJECT_SPIN_LOCK)
		return spin_lock_owner(thread->pending.address) == THREADS_MAX;
	if (alternative_is_queued((enum op)thread->pending.op) &&
	    !thread->signalled)
		return false;
	if (thread->pending.op == OP_FUTEX_AWAKE)
		return true;
	return mutex_is_available(thread);
}

/* Whether it may stop waiting: for a lock or a semaphore while it cannot be
 * had; for a signal while there is none, and the mutex can be had. */
static bool may_give_up(const struct thread *thread)
{
	if (thread->pending.op == OP_COND_REACQUIRE)
		return !thread->signalled && mutex_is_available(thread);
	return !is_given(thread);
}

/* Whether it may stop because it is cancelled. Who has been signalled takes the
 * signal along, which must not be lost to another who waits: that this one had
 * it is another result of the signal. */
static bool may_be_cancelled(const struct thread *thread)
{
	if (thread->pending.op == OP_COND_REACQUIRE)
		return mutex_is_available(thread) &&
		       (!thread->signalled ||
			condition_waiters(thread_state_of(thread),
					  thread->waits_on) == 0);
	return !alternative_is_queued((enum op)thread->pending.op);
}

/* Whether that reason to stop waiting holds. */
static bool has_reason(const struct thread *thread, uint32_t alternative)
{
	const struct runtime *runtime = thread_runtime_of(thread);
	const unsigned kind = thread->pending.alternatives;

	if (alternative == RESULT_CANCELLED)
		return (kind & WAIT_CANCEL) && cancel_is_due(thread);
	if (alternative == 2)
		return (kind & WAIT_SPURIOUS) &&
		       runtime->state.spurious < runtime->spurious_max;
	return (kind & (WAIT_INVALID | WAIT_PASSED)) ||
	       ((kind & WAIT_TIMED) &&
		thread->timeouts < runtime->timeouts_max);
}

bool alternative_is_possible(const struct thread *thread, uint32_t alternative)
{
	if (alternative_wakes((enum op)thread->pending.op))
		return alternative < alternative_count(thread);
	if (alternative == 0)
		return is_given(thread);
	/* What it waits for may have come, and it has not seen that yet. */
	if (alternative == RESULT_CANCELLED)
		return has_reason(thread, alternative) &&
		       may_be_cancelled(thread);
	return has_reason(thread, alternative) && may_give_up(thread);
}

bool alternative_is_withheld(const struct thread *thread)
{
	const unsigned kind = thread->pending.alternatives;

	/* While a schedule is followed it may run out, up to the end. */
	return op_varies(thread->pending.op) &&
	       ((kind & WAIT_WITHHELD) ||
		((kind & WAIT_TIMED) && !has_reason(thread, 1))) &&
	       may_give_up(thread);
}

uint32_t alternative_results(enum op announced,
			     const struct operation *operation)
{
	uint32_t results = 0;

	if (!op_varies(announced) || alternative_wakes(announced))
		return 0;
	/* A signal must come first, which is told by its own races. */
	if (!alternative_is_queued(announced))
		results |= 1U << 0;
	if (operation->alternatives & (WAIT_TIMED | WAIT_INVALID | WAIT_PASSED))
		results |= 1U << 1;
	if (operation->alternatives & WAIT_SPURIOUS)
		results |= 1U << 2;
	if (operation->alternatives & WAIT_CANCEL)
		results |= 1U << RESULT_CANCELLED;
	return results;
}
