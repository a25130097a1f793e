/*
 * Mutexes. See mutex.h.
 */
#include "runtime/mutex.h"

#include <errno.h>
#include <sched.h>
#include <string.h>

#include "runtime/alternative.h"
#include "runtime/announce.h"
#include "runtime/cancel.h"
#include "runtime/held.h"
#include "runtime/mark.h"
#include "runtime/misuse.h"
#include "runtime/mutex_state.h"

/* __kind of one that is destroyed: locking and unlocking it is EINVAL. */
#define KIND_DESTROYED (-1)

static void set_mark(pthread_mutex_t *mutex, uint64_t mark)
{
	mutex->__data.__list.__prev = (void *)(uintptr_t)mark;
}

static bool is_robust(const pthread_mutex_t *mutex)
{
	return mutex->__data.__kind & KIND_ROBUST;
}

/* Says what is wrong if these bytes are no mutex. */
ON_FIBER static bool check(struct runtime *runtime,
			   const pthread_mutex_t *mutex)
{
	if (mutex_is_sound(mutex))
		return true;
	misuse_see(runtime, mark_life(mutex_mark(mutex)) == LIFE_DESTROYED
				    ? MISUSE_USE_DESTROYED
				    : MISUSE_USE_UNINITIALISED);
	return false;
}

/* Touches the mutex first, so that a wild pointer faults in the thread that
 * uses it, at this call. */
ON_FIBER static void announce(struct runtime *runtime, enum op op,
			      const pthread_mutex_t *mutex, uintptr_t place)
{
	(void)*(const volatile int *)&mutex->__data.__lock;
	runtime_announce(runtime,
			 &(struct operation){.op = (uint8_t)op,
					     .order = ORDER_PLAIN,
					     .address = (uintptr_t)mutex,
					     .place = place});
}

/* --- Init and destroy */

static int kind_of_attributes(const pthread_mutexattr_t *attributes)
{
	int type;
	int robust;
	int protocol;
	int shared;
	int kind;

	pthread_mutexattr_gettype(attributes, &type);
	pthread_mutexattr_getrobust(attributes, &robust);
	pthread_mutexattr_getprotocol(attributes, &protocol);
	pthread_mutexattr_getpshared(attributes, &shared);
	kind = type;
	if (robust == PTHREAD_MUTEX_ROBUST)
		kind |= KIND_ROBUST;
	if (protocol == PTHREAD_PRIO_INHERIT)
		kind |= KIND_INHERIT;
	if (protocol == PTHREAD_PRIO_PROTECT)
		kind |= KIND_PROTECT;
	if (shared == PTHREAD_PROCESS_SHARED)
		kind |= KIND_SHARED;
	return kind;
}

static void set_attributes(pthread_mutex_t *mutex,
			   const pthread_mutexattr_t *attributes)
{
	int ceiling = 0;

	mutex->__data.__kind = kind_of_attributes(attributes);
	if (mutex->__data.__kind & KIND_PROTECT)
		pthread_mutexattr_getprioceiling(attributes, &ceiling);
	mutex->__data.__spins = (short)ceiling;
}

ON_FIBER static void see_init(struct runtime *runtime,
			      const pthread_mutex_t *mutex)
{
	uintptr_t address = (uintptr_t)mutex;

	if (!mutex_is_sound(mutex))
		return;
	if (mutex_is_held(mutex) &&
	    held_next(&runtime->state, THREADS_MAX, address, &(uint32_t){0}))
		misuse_see_holder(runtime, MISUSE_INIT_HELD);
	else if (mark_is_same(runtime, address, mutex_mark(mutex)))
		misuse_see(runtime, MISUSE_INIT_AGAIN);
}

ON_FIBER int mutex_init(struct runtime *runtime, pthread_mutex_t *mutex,
			const pthread_mutexattr_t *attributes, uintptr_t place)
{
	announce(runtime, OP_MUTEX_INIT, mutex, place);
	see_init(runtime, mutex);
	held_forget(runtime, (uintptr_t)mutex);
	memset(mutex, 0, sizeof(*mutex));
	if (attributes)
		set_attributes(mutex, attributes);
	set_mark(mutex, mark_ready(runtime, (uintptr_t)mutex));
	return runtime->current->result = 0;
}

ON_FIBER int mutex_destroy(struct runtime *runtime, pthread_mutex_t *mutex,
			   uintptr_t place)
{
	struct thread *thread = runtime->current;

	announce(runtime, OP_MUTEX_DESTROY, mutex, place);
	if (check(runtime, mutex) && mutex_is_held(mutex)) {
		misuse_see_holder(runtime, MISUSE_DESTROY_HELD);
		if (!is_robust(mutex))
			return thread->result = EBUSY;
	}
	held_forget(runtime, (uintptr_t)mutex);
	mutex->__data.__kind = KIND_DESTROYED;
	set_mark(mutex, mark_destroyed());
	return thread->result = 0;
}

/* --- Locking */

static int take(struct runtime *runtime, pthread_mutex_t *mutex)
{
	const struct thread *thread = runtime->current;

	if (mutex->__data.__lock & LOCK_LOST)
		return ENOTRECOVERABLE;
	mutex->__data.__lock |= LOCK_HELD;
	mutex->__data.__owner = (int)thread->number + 1;
	mutex->__data.__count = 1;
	held_add(runtime, thread, &thread->pending);
	return mutex->__data.__lock & LOCK_INCONSISTENT ? EOWNERDEAD : 0;
}

static int take_again(pthread_mutex_t *mutex)
{
	if (mutex->__data.__count == UINT32_MAX)
		return EAGAIN;
	mutex->__data.__count++;
	return 0;
}

ON_FIBER int mutex_acquire(struct runtime *runtime, pthread_mutex_t *mutex)
{
	if (!check(runtime, mutex))
		return EINVAL;
	if (!mutex_is_held_by(mutex, runtime->current))
		return take(runtime, mutex);
	if (mutex_type(mutex) == PTHREAD_MUTEX_RECURSIVE)
		return take_again(mutex);
	return EDEADLK;
}

ON_FIBER int mutex_lock(struct runtime *runtime, pthread_mutex_t *mutex,
			uintptr_t place)
{
	struct thread *thread = runtime->current;

	announce(runtime, OP_MUTEX_LOCK, mutex, place);
	if (thread->alternative == RESULT_CANCELLED)
		cancel_act(runtime);
	return thread->result = mutex_acquire(runtime, mutex);
}

static int busy_for(const pthread_mutex_t *mutex, const struct thread *thread)
{
	const int careful = KIND_ROBUST | KIND_INHERIT | KIND_PROTECT;

	return mutex_is_held_by(mutex, thread) &&
			       mutex_type(mutex) == PTHREAD_MUTEX_ERRORCHECK &&
			       (mutex->__data.__kind & careful)
		       ? EDEADLK
		       : EBUSY;
}

ON_FIBER int mutex_lock_until(struct runtime *runtime, pthread_mutex_t *mutex,
			      const struct deadline *deadline, uintptr_t place)
{
	struct thread *thread = runtime->current;

	(void)*(const volatile int *)&mutex->__data.__lock;
	runtime_announce(runtime,
			 &(struct operation){.op = OP_MUTEX_TIMEDLOCK,
					     .order = ORDER_PLAIN,
					     .alternatives = deadline_kind(
						     runtime, deadline),
					     .address = (uintptr_t)mutex,
					     .place = place});
	if (thread->alternative > 0)
		return thread->result = deadline_pass(runtime, deadline);
	return thread->result = mutex_acquire(runtime, mutex);
}

ON_FIBER int mutex_trylock(struct runtime *runtime, pthread_mutex_t *mutex,
			   uintptr_t place)
{
	struct thread *thread = runtime->current;

	announce(runtime, OP_MUTEX_TRYLOCK, mutex, place);
	if (!check(runtime, mutex))
		return thread->result = EINVAL;
	if (thread->alternative > 0)
		return thread->result = EBUSY;
	if (!mutex_is_held(mutex))
		return thread->result = take(runtime, mutex);
	if (mutex_is_held_by(mutex, thread) &&
	    mutex_type(mutex) == PTHREAD_MUTEX_RECURSIVE)
		return thread->result = take_again(mutex);
	return thread->result = busy_for(mutex, thread);
}

bool mutex_checks_owner(const pthread_mutex_t *mutex)
{
	return mutex_answers_owner(mutex) || is_robust(mutex) ||
	       (mutex->__data.__kind & KIND_INHERIT);
}

static void give_back(struct runtime *runtime, pthread_mutex_t *mutex)
{
	held_remove(runtime, (uint32_t)mutex->__data.__owner - 1,
		    (uintptr_t)mutex);
	mutex->__data.__lock =
		mutex->__data.__lock & LOCK_INCONSISTENT ? LOCK_LOST : 0;
	mutex->__data.__owner = 0;
	mutex->__data.__count = 0;
}

/* Of a wait for a condition variable that much has been said already. */
ON_FIBER void mutex_see_foreign_unlock(struct runtime *runtime,
				       const pthread_mutex_t *mutex)
{
	if (runtime->current->pending.op != OP_COND_WAIT)
		misuse_see_holder(runtime, mutex_is_held(mutex)
						   ? MISUSE_UNLOCK_OTHER
						   : MISUSE_UNLOCK_FREE);
}

/* Unlocking another's normal mutex, or a free one, does what glibc does: it is
 * free afterwards. */
ON_FIBER int mutex_release(struct runtime *runtime, pthread_mutex_t *mutex)
{
	if (!check(runtime, mutex))
		return EINVAL;
	if (!mutex_is_held_by(mutex, runtime->current)) {
		if (mutex_checks_owner(mutex))
			return EPERM;
		mutex_see_foreign_unlock(runtime, mutex);
		if (!mutex_is_held(mutex))
			return 0;
	}
	if (mutex->__data.__count > 1)
		mutex->__data.__count--;
	else
		give_back(runtime, mutex);
	return 0;
}

ON_FIBER int mutex_unlock(struct runtime *runtime, pthread_mutex_t *mutex,
			  uintptr_t place)
{
	struct thread *thread = runtime->current;

	announce(runtime, OP_MUTEX_UNLOCK, mutex, place);
	return thread->result = mutex_release(runtime, mutex);
}

/* --- Robust mutexes */

ON_FIBER int mutex_consistent(struct runtime *runtime, pthread_mutex_t *mutex,
			      uintptr_t place)
{
	struct thread *thread = runtime->current;

	announce(runtime, OP_MUTEX_CONSISTENT, mutex, place);
	if (!check(runtime, mutex) || !is_robust(mutex) ||
	    !(mutex->__data.__lock & LOCK_INCONSISTENT))
		return thread->result = EINVAL;
	mutex->__data.__lock &= ~LOCK_INCONSISTENT;
	return thread->result = 0;
}

ON_FIBER bool mutex_abandon(struct runtime *runtime, pthread_mutex_t *mutex,
			    uintptr_t place)
{
	if (!mutex_is_sound(mutex) || !is_robust(mutex) ||
	    !mutex_is_held_by(mutex, runtime->current))
		return false;
	announce(runtime, OP_MUTEX_ABANDON, mutex, place);
	held_remove(runtime, runtime->current->number, (uintptr_t)mutex);
	mutex->__data.__lock = LOCK_INCONSISTENT;
	mutex->__data.__owner = 0;
	mutex->__data.__count = 0;
	runtime->current->result = 0;
	return true;
}

/* --- Priorities, which nothing is scheduled by */

ON_FIBER int mutex_getprioceiling(const pthread_mutex_t *mutex, int *ret_value)
{
	if (!(mutex->__data.__kind & KIND_PROTECT) || !mutex_is_sound(mutex))
		return EINVAL;
	*ret_value = mutex->__data.__spins;
	return 0;
}

ON_FIBER int mutex_setprioceiling(struct runtime *runtime,
				  pthread_mutex_t *mutex, int value,
				  int *ret_old, uintptr_t place)
{
	int error;

	if (!(mutex->__data.__kind & KIND_PROTECT) || !mutex_is_sound(mutex) ||
	    value < sched_get_priority_min(SCHED_FIFO) ||
	    value > sched_get_priority_max(SCHED_FIFO))
		return EINVAL;
	error = mutex_lock(runtime, mutex, place);
	if (error)
		return error;
	if (ret_old)
		*ret_old = mutex->__data.__spins;
	mutex->__data.__spins = (short)value;
	return mutex_unlock(runtime, mutex, place);
}
