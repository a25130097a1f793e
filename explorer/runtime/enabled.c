/*
 * What the objects say of pending operations. See enabled.h.
 */
#include "runtime/enabled.h"

#include "runtime/alternative.h"
#include "runtime/condition.h"
#include "runtime/held.h"
#include "runtime/join.h"
#include "runtime/mutex_state.h"
#include "runtime/once.h"
#include "runtime/rwlock.h"
#include "runtime/semaphore.h"
#include "runtime/spin_lock.h"

static bool may_have_any(const struct thread *thread)
{
	for (uint32_t i = 0; i < alternative_count(thread); i++)
		if (alternative_is_possible(thread, i))
			return true;
	return false;
}

bool runtime_may_perform(const struct operation *operation,
			 const struct thread *thread)
{
	if (operation->op == OP_MUTEX_LOCK)
		return mutex_is_available(thread);
	if (operation->op == OP_AWAIT)
		return thread->spin_woken;
	if (operation->op == OP_SEM_WAIT)
		return semaphore_is_positive(operation->address);
	if (op_varies(operation->op))
		return may_have_any(thread);
	if (operation->op == OP_COND_DRAIN)
		return condition_waiters(thread_state_of(thread),
					 operation->address) == 0;
	if (operation->op == OP_BARRIER_LEAVE)
		return operation->source != 0;
	if (operation->op == OP_RWLOCK_RDLOCK ||
	    operation->op == OP_RWLOCK_WRLOCK)
		return rwlock_is_available(thread);
	if (operation->op == OP_SPIN_LOCK)
		return spin_lock_owner(operation->address) == THREADS_MAX;
	if (operation->op == OP_ONCE_BEGIN)
		return once_runner(operation->address) == THREADS_MAX;
	return true;
}

unsigned runtime_availability(const struct operation *operation)
{
	bool available = true;

	switch (op_object(operation->op)) {
	case OP_OBJECT_MUTEX:
		available = mutex_owner(operation->address) == THREADS_MAX;
		break;
	case OP_OBJECT_CONDITION:
		available = operation->op != OP_COND_WAIT ||
			    mutex_owner(operation->source) == THREADS_MAX;
		break;
	case OP_OBJECT_RWLOCK:
		return rwlock_availability(operation->address);
	case OP_OBJECT_SPIN_LOCK:
		available = spin_lock_owner(operation->address) == THREADS_MAX;
		break;
	case OP_OBJECT_ONCE:
		available = once_runner(operation->address) == THREADS_MAX;
		break;
	case OP_OBJECT_SEMAPHORE:
		available = semaphore_is_positive(operation->address);
		break;
	case OP_OBJECT_BARRIER:
		available = operation->op != OP_BARRIER_LEAVE ||
			    operation->source != 0;
		break;
	case OP_OBJECT_NONE:
	case OP_OBJECT_MEMORY:
	case OP_OBJECT_DESCRIPTOR:
	case OP_OBJECT_RANDOM:
	case OP_OBJECT_CLOCK:
	case OP_OBJECT_THREAD:
	case OP_OBJECT_KEY:
	case OP_OBJECT_NAME:
	case OP_OBJECT_FUTEX:
	case OP_OBJECT_UNKNOWN:
		break;
	}
	return available ? AVAILABLE : 0;
}

bool runtime_has(const struct thread *thread)
{
	uint32_t index = 0;

	return held_next(thread_state_of(thread), thread->number,
			 thread->pending.address, &index);
}

static uint32_t holder_of_object(const struct thread *thread)
{
	const struct operation *operation = &thread->pending;

	if (operation->op == OP_MUTEX_LOCK ||
	    (operation->op == OP_COND_REACQUIRE && thread->signalled))
		return mutex_owner(operation->address);
	if (operation->op == OP_RWLOCK_RDLOCK ||
	    operation->op == OP_RWLOCK_WRLOCK)
		return rwlock_writer(operation->address);
	if (operation->op == OP_SPIN_LOCK)
		return spin_lock_owner(operation->address);
	if (operation->op == OP_ONCE_BEGIN)
		return once_runner(operation->address);
	return THREADS_MAX;
}

static bool waits_for_readers(const struct thread *thread)
{
	return thread->state == THREAD_PENDING &&
	       thread->pending.op == OP_RWLOCK_WRLOCK &&
	       rwlock_writer(thread->pending.address) == THREADS_MAX;
}

uint32_t runtime_next_holder(const struct runtime *runtime,
			     const struct thread *thread, uint32_t *index)
{
	const struct held *held;

	if (waits_for_readers(thread)) {
		held = held_next(&runtime->state, THREADS_MAX,
				 thread->pending.address, index);
		return held ? held->thread : THREADS_MAX;
	}
	if ((*index)++ > 0)
		return THREADS_MAX;
	if (join_is_waiting(thread))
		return thread->joining;
	if (thread->state == THREAD_PENDING)
		return holder_of_object(thread);
	return THREADS_MAX;
}

uint32_t runtime_holder(const struct runtime *runtime,
			const struct thread *thread)
{
	return runtime_next_holder(runtime, thread, &(uint32_t){0});
}
