/*
 * Read-write locks. See rwlock.h.
 */
#include "runtime/rwlock.h"

#include <errno.h>
#include <string.h>

#include "runtime/alternative.h"
#include "runtime/announce.h"
#include "runtime/cancel.h"
#include "runtime/enabled.h"
#include "runtime/held.h"
#include "runtime/mark.h"
#include "runtime/misuse.h"

static bool is_usable(const pthread_rwlock_t *lock)
{
	enum life life = mark_life(lock->__data.__pad2);

	return life != LIFE_UNKNOWN &&
	       (uint32_t)lock->__data.__cur_writer <= THREADS_MAX;
}

static bool is_written_by(const pthread_rwlock_t *lock,
			  const struct thread *thread)
{
	return (uint32_t)lock->__data.__cur_writer == thread->number + 1;
}

/* Whether those who come to read let those pass who wait to write. */
static bool prefers_writers(const pthread_rwlock_t *lock)
{
	return lock->__data.__flags ==
	       PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP;
}

static bool may_read(const pthread_rwlock_t *lock)
{
	return lock->__data.__cur_writer == 0 &&
	       !(prefers_writers(lock) && lock->__data.__writers > 0);
}

static bool may_write(const pthread_rwlock_t *lock)
{
	return lock->__data.__cur_writer == 0 && lock->__data.__readers == 0;
}

bool rwlock_is_available(const struct thread *thread)
{
	const pthread_rwlock_t *lock = (const void *)thread->pending.address;

	if (!is_usable(lock) || is_written_by(lock, thread))
		return true;
	return runtime_needs(&thread->pending) == AVAILABLE_SHARED
		       ? may_read(lock)
		       : may_write(lock);
}

unsigned rwlock_availability(uintptr_t address)
{
	const pthread_rwlock_t *lock = (const void *)address;

	if (!is_usable(lock))
		return AVAILABLE;
	return (may_read(lock) ? AVAILABLE_SHARED : 0U) |
	       (may_write(lock) ? AVAILABLE_EXCLUSIVE : 0U);
}

uint32_t rwlock_writer(uintptr_t address)
{
	const pthread_rwlock_t *lock = (const void *)address;

	return is_usable(lock) && lock->__data.__cur_writer > 0
		       ? (uint32_t)lock->__data.__cur_writer - 1
		       : THREADS_MAX;
}

uint32_t rwlock_readers(uintptr_t address)
{
	const pthread_rwlock_t *lock = (const void *)address;

	return lock->__data.__readers;
}

/* Where writers are preferred, who comes to read has to wait for those that
 * queue; what is not a lock will be one after the first operation on it. */
static bool readers_commute(const struct runtime *runtime,
			    const pthread_rwlock_t *lock)
{
	return runtime->refined && is_usable(lock) && !prefers_writers(lock) &&
	       lock->__data.__pad3 == 0;
}

/* Whether the operation, to be announced, is sure to begin or to end to read.
 * Who writes cannot begin. */
static bool surely_reads(const struct runtime *runtime, enum op op,
			 const pthread_rwlock_t *lock)
{
	const struct thread *thread = runtime->current;

	if (op == OP_RWLOCK_RDLOCK)
		return !is_written_by(lock, thread);
	return op == OP_RWLOCK_RDUNLOCK && lock->__data.__readers > 0 &&
	       held_next(&runtime->state, thread->number, (uintptr_t)lock,
			 &(uint32_t){0});
}

/* What those who are about to read or to stop said of the lock may no longer be
 * so, as somebody has done to it what nobody should. */
static void stop_commuting(struct runtime *runtime, pthread_rwlock_t *lock)
{
	struct thread *thread;

	lock->__data.__pad3 = 1;
	FOR_LIVE(thread, &runtime->state)
	if (thread->state == THREAD_PENDING && thread != runtime->current &&
	    thread->pending.address == (uintptr_t)lock &&
	    op_object((enum op)thread->pending.op) == OP_OBJECT_RWLOCK &&
	    thread->pending.op != OP_RWLOCK_TIMEDWRLOCK) {
		thread->pending.source = false;
		thread->pending.detail = COMMUTES_NOT;
	}
}

/* Touches the lock first: see mutex.c. */
ON_FIBER static void announce(struct runtime *runtime, enum op op,
			      const pthread_rwlock_t *lock, uintptr_t place)
{
	bool commutes;

	(void)*(const volatile unsigned *)&lock->__data.__readers;
	commutes = readers_commute(runtime, lock);
	runtime_announce(
		runtime,
		&(struct operation){
			.op = (uint8_t)op,
			.order = ORDER_PLAIN,
			.address = (uintptr_t)lock,
			.source = commutes,
			.detail = commutes && surely_reads(runtime, op, lock)
					  ? COMMUTES_READERS
					  : COMMUTES_NOT,
			.place = place});
}

/* What is not a lock is one from now on, free: glibc would do anything. */
ON_FIBER static void check(struct runtime *runtime, pthread_rwlock_t *lock)
{
	if (is_usable(lock)) {
		mark_check(runtime, lock->__data.__pad2);
		return;
	}
	misuse_see(runtime, MISUSE_USE_UNINITIALISED);
	memset(lock, 0, sizeof(*lock));
}

ON_FIBER int rwlock_init(struct runtime *runtime, pthread_rwlock_t *lock,
			 const pthread_rwlockattr_t *attributes,
			 uintptr_t place)
{
	int kind = PTHREAD_RWLOCK_DEFAULT_NP;
	uintptr_t address = (uintptr_t)lock;
	bool held;
	bool again;

	if (attributes)
		pthread_rwlockattr_getkind_np(attributes, &kind);
	announce(runtime, OP_RWLOCK_INIT, lock, place);
	held = held_next(&runtime->state, THREADS_MAX, address, &(uint32_t){0});
	again = mark_is_same(runtime, address, lock->__data.__pad2);
	if (held)
		misuse_see_holder(runtime, MISUSE_INIT_HELD);
	else if (again)
		misuse_see(runtime, MISUSE_INIT_AGAIN);
	held_forget(runtime, address);
	memset(lock, 0, sizeof(*lock));
	lock->__data.__flags = (unsigned)kind;
	if (held || again || prefers_writers(lock))
		stop_commuting(runtime, lock);
	lock->__data.__pad2 = mark_ready(runtime, address);
	return runtime->current->result = 0;
}

/* glibc's does nothing: what is held stays so. */
ON_FIBER int rwlock_destroy(struct runtime *runtime, pthread_rwlock_t *lock,
			    uintptr_t place)
{
	announce(runtime, OP_RWLOCK_DESTROY, lock, place);
	check(runtime, lock);
	if (!may_write(lock))
		misuse_see_holder(runtime, MISUSE_DESTROY_HELD);
	lock->__data.__pad2 = mark_destroyed();
	return runtime->current->result = 0;
}

/* Its turn has come. Whoever writes under it would wait for itself. */
ON_FIBER static int read(struct runtime *runtime, pthread_rwlock_t *lock)
{
	if (is_written_by(lock, runtime->current))
		return EDEADLK;
	lock->__data.__readers++;
	held_add(runtime, runtime->current, &runtime->current->pending);
	return 0;
}

/* Likewise. */
ON_FIBER static int write(struct runtime *runtime, pthread_rwlock_t *lock)
{
	if (is_written_by(lock, runtime->current))
		return EDEADLK;
	lock->__data.__cur_writer = (int)runtime->current->number + 1;
	held_add(runtime, runtime->current, &runtime->current->pending);
	return 0;
}

ON_FIBER int rwlock_rdlock(struct runtime *runtime, pthread_rwlock_t *lock,
			   uintptr_t place)
{
	struct thread *thread = runtime->current;

	announce(runtime, OP_RWLOCK_RDLOCK, lock, place);
	if (thread->alternative == RESULT_CANCELLED)
		cancel_act(runtime);
	check(runtime, lock);
	return thread->result = read(runtime, lock);
}

/* As glibc does, a deadline is looked at before the lock. */
ON_FIBER static void announce_until(struct runtime *runtime, enum op op,
				    const pthread_rwlock_t *lock,
				    const struct deadline *deadline,
				    bool source, uintptr_t place)
{
	(void)*(const volatile unsigned *)&lock->__data.__readers;
	runtime_announce(runtime,
			 &(struct operation){.op = (uint8_t)op,
					     .order = ORDER_PLAIN,
					     .alternatives = deadline_kind(
						     runtime, deadline),
					     .address = (uintptr_t)lock,
					     .source = source,
					     .place = place});
}

ON_FIBER int rwlock_rdlock_until(struct runtime *runtime,
				 pthread_rwlock_t *lock,
				 const struct deadline *deadline,
				 uintptr_t place)
{
	struct thread *thread = runtime->current;

	if (deadline->invalid)
		return EINVAL;
	announce_until(runtime, OP_RWLOCK_TIMEDRDLOCK, lock, deadline,
		       readers_commute(runtime, lock) &&
			       !is_written_by(lock, thread),
		       place);
	check(runtime, lock);
	if (thread->alternative > 0)
		return thread->result = deadline_pass(runtime, deadline);
	return thread->result = read(runtime, lock);
}

ON_FIBER int rwlock_tryrdlock(struct runtime *runtime, pthread_rwlock_t *lock,
			      uintptr_t place)
{
	struct thread *thread = runtime->current;

	announce(runtime, OP_RWLOCK_TRYRDLOCK, lock, place);
	check(runtime, lock);
	if (!may_read(lock))
		return thread->result = EBUSY;
	return thread->result = read(runtime, lock);
}

/* Where writers are preferred, that one waits is to be seen before it can
 * write. */
ON_FIBER static bool queue(struct runtime *runtime, pthread_rwlock_t *lock,
			   uintptr_t place)
{
	if (!prefers_writers(lock) || is_written_by(lock, runtime->current))
		return false;
	announce(runtime, OP_RWLOCK_QUEUE, lock, place);
	lock->__data.__writers++;
	return true;
}

static void unqueue(pthread_rwlock_t *lock, bool queued)
{
	lock->__data.__writers -= queued && lock->__data.__writers > 0;
}

ON_FIBER int rwlock_wrlock(struct runtime *runtime, pthread_rwlock_t *lock,
			   uintptr_t place)
{
	struct thread *thread = runtime->current;
	bool queued = queue(runtime, lock, place);

	announce(runtime, OP_RWLOCK_WRLOCK, lock, place);
	unqueue(lock, queued);
	if (thread->alternative == RESULT_CANCELLED)
		cancel_act(runtime);
	check(runtime, lock);
	return thread->result = write(runtime, lock);
}

ON_FIBER int rwlock_wrlock_until(struct runtime *runtime,
				 pthread_rwlock_t *lock,
				 const struct deadline *deadline,
				 uintptr_t place)
{
	struct thread *thread = runtime->current;
	bool queued;

	if (deadline->invalid)
		return EINVAL;
	queued = queue(runtime, lock, place);
	announce_until(runtime, OP_RWLOCK_TIMEDWRLOCK, lock, deadline, queued,
		       place);
	unqueue(lock, queued);
	check(runtime, lock);
	if (thread->alternative > 0)
		return thread->result = deadline_pass(runtime, deadline);
	return thread->result = write(runtime, lock);
}

ON_FIBER int rwlock_trywrlock(struct runtime *runtime, pthread_rwlock_t *lock,
			      uintptr_t place)
{
	struct thread *thread = runtime->current;

	announce(runtime, OP_RWLOCK_TRYWRLOCK, lock, place);
	check(runtime, lock);
	if (!may_write(lock))
		return thread->result = EBUSY;
	return thread->result = write(runtime, lock);
}

/* One who reads no longer does, or another would not if this one does not
 * read. */
ON_FIBER static void stop_reading(struct runtime *runtime,
				  pthread_rwlock_t *lock)
{
	uintptr_t address = (uintptr_t)lock;

	if (lock->__data.__readers == 0) {
		misuse_see_holder(runtime, lock->__data.__cur_writer
						   ? MISUSE_UNLOCK_OTHER
						   : MISUSE_UNLOCK_FREE);
		return;
	}
	if (!held_remove(runtime, runtime->current->number, address)) {
		misuse_see_holder(runtime, MISUSE_UNLOCK_OTHER);
		stop_commuting(runtime, lock);
	}
	lock->__data.__readers--;
}

ON_FIBER int rwlock_unlock(struct runtime *runtime, pthread_rwlock_t *lock,
			   uintptr_t place)
{
	struct thread *thread = runtime->current;
	bool writes = is_written_by(lock, thread);

	announce(runtime, writes ? OP_RWLOCK_WRUNLOCK : OP_RWLOCK_RDUNLOCK,
		 lock, place);
	check(runtime, lock);
	if (!is_written_by(lock, thread)) {
		stop_reading(runtime, lock);
		return thread->result = 0;
	}
	held_remove(runtime, thread->number, (uintptr_t)lock);
	lock->__data.__cur_writer = 0;
	return thread->result = 0;
}
