/*
 * Families of locks. See family.h.
 */
#include "engine/toy.h"
#include "runtime/cancel.h"
#include "runtime/mutex.h"
#include "runtime/once.h"
#include "runtime/rwlock.h"
#include "runtime/spin_lock.h"
#include "runtime/thread.h"
#include "strategy/family.h"

static struct runtime *const runtime = &toy.runtime;
static const struct deadline soon = {.ns = 1};

/* --- Mutexes */

ON_FIBER static void use_mutex(unsigned number, uintptr_t place)
{
	pthread_mutex_t *mutex = &toy.memory->locks[0];

	switch (number) {
	case 0:
		mutex_init(runtime, mutex, NULL, place);
		return;
	case 1:
		mutex_destroy(runtime, mutex, place);
		return;
	case 2:
		mutex_trylock(runtime, mutex, place);
		return;
	case 3:
		mutex_consistent(runtime, mutex, place);
		return;
	case 4:
		mutex_unlock(runtime, mutex, place);
		return;
	default:
		mutex_lock(runtime, mutex, place);
		return;
	}
}

const struct family family_mutexes = {
	.perform = use_mutex,
	.count = 7,
	FAMILY_KINDS(OP_MUTEX_INIT, OP_MUTEX_DESTROY, OP_MUTEX_LOCK,
		     OP_MUTEX_TRYLOCK, OP_MUTEX_UNLOCK),
};

/* What a thread holds when it ends it abandons. */
ON_FIBER static void make_robust(void)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	mutex_init(runtime, &toy.memory->locks[0], &attributes, 1);
}

const struct family family_robust_mutexes = {
	.begin = make_robust,
	.perform = use_mutex,
	.count = 7,
	FAMILY_KINDS(OP_MUTEX_CONSISTENT, OP_MUTEX_ABANDON),
};

/* --- With deadlines */

ON_FIBER static void note_error(int error)
{
	if (error)
		toy_write(&toy.memory->array[0], 1);
}

ON_FIBER static void lock_mutex_until_soon(uintptr_t place)
{
	pthread_mutex_t *mutex = &toy.memory->locks[0];
	int error = mutex_lock_until(runtime, mutex, &soon, place);

	note_error(error);
	if (!error)
		mutex_unlock(runtime, mutex, place + 1);
}

ON_FIBER static void use_timed_locks(unsigned number, uintptr_t place)
{
	pthread_rwlock_t *lock = &toy.memory->rwlock;
	int error;

	switch (number) {
	case 0:
		lock_mutex_until_soon(place);
		return;
	case 1:
		toy_lock(0);
		toy_unlock(0);
		return;
	case 2:
		error = rwlock_rdlock_until(runtime, lock, &soon, place);
		break;
	case 3:
		error = rwlock_wrlock_until(runtime, lock, &soon, place);
		break;
	case 4:
		error = rwlock_rdlock(runtime, lock, place);
		break;
	default:
		error = rwlock_wrlock(runtime, lock, place);
		break;
	}
	note_error(error);
	if (!error)
		rwlock_unlock(runtime, lock, place + 1);
}

const struct family family_timed_locks = {
	.perform = use_timed_locks,
	.count = 6,
	FAMILY_KINDS(OP_MUTEX_TIMEDLOCK, OP_MUTEX_TIMEOUT,
		     OP_RWLOCK_TIMEDRDLOCK, OP_RWLOCK_RDTIMEOUT,
		     OP_RWLOCK_TIMEDWRLOCK, OP_RWLOCK_WRTIMEOUT),
};

/* --- Spin locks and what is done once */

ON_FIBER static void write_once(void)
{
	toy_write(&toy.memory->array[0], 1);
}

ON_FIBER static void use_spin_lock(unsigned number, uintptr_t place)
{
	pthread_spinlock_t *lock = (pthread_spinlock_t *)&toy.memory->array[32];
	pthread_once_t *once = (pthread_once_t *)&toy.memory->array[40];

	switch (number) {
	case 0:
		spin_lock_init(runtime, lock, place);
		return;
	case 1:
		spin_lock_destroy(runtime, lock, place);
		return;
	case 2:
		spin_lock_trylock(runtime, lock, place);
		return;
	case 3:
		spin_lock_unlock(runtime, lock, place);
		return;
	case 4:
	case 5:
		once_run(runtime, once, write_once, place);
		return;
	case 6:
		toy_read(&toy.memory->array[0]);
		return;
	default:
		spin_lock_lock(runtime, lock, place);
		return;
	}
}

const struct family family_spin_locks = {
	.perform = use_spin_lock,
	.count = 9,
	FAMILY_KINDS(OP_SPIN_LOCK_INIT, OP_SPIN_LOCK_DESTROY, OP_SPIN_LOCK,
		     OP_SPIN_TRYLOCK, OP_SPIN_UNLOCK, OP_ONCE_BEGIN,
		     OP_ONCE_END),
};

/* --- Readers and writers */

/* Some keep the lock. */
ON_FIBER static void read_and_write(unsigned number, uintptr_t place)
{
	pthread_rwlock_t *lock = &toy.memory->rwlock;
	int error;

	switch (number) {
	case 0:
	case 1:
		error = rwlock_tryrdlock(runtime, lock, place);
		break;
	case 2:
		error = rwlock_trywrlock(runtime, lock, place);
		break;
	case 3:
		error = rwlock_wrlock(runtime, lock, place);
		break;
	case 4:
		toy_write(&toy.memory->array[0], 1);
		return;
	default:
		error = rwlock_rdlock(runtime, lock, place);
		break;
	}
	if (!error && number % 2 == 1)
		rwlock_unlock(runtime, lock, place + 1);
}

const struct family family_readers = {
	.perform = read_and_write,
	.count = 7,
	FAMILY_KINDS(OP_RWLOCK_RDLOCK, OP_RWLOCK_TRYRDLOCK, OP_RWLOCK_WRLOCK,
		     OP_RWLOCK_TRYWRLOCK, OP_RWLOCK_RDUNLOCK,
		     OP_RWLOCK_WRUNLOCK),
};

/* Nobody gives back a lock that somebody has destroyed. */
ON_FIBER static void end_rwlock(unsigned number, uintptr_t place)
{
	pthread_rwlock_t *lock = &toy.memory->rwlock;

	switch (number) {
	case 0:
		rwlock_init(runtime, lock, NULL, place);
		return;
	case 1:
		rwlock_destroy(runtime, lock, place);
		return;
	default:
		rwlock_tryrdlock(runtime, lock, place);
		return;
	}
}

const struct family family_rwlock_ends = {
	.perform = end_rwlock,
	.count = 4,
	FAMILY_KINDS(OP_RWLOCK_INIT, OP_RWLOCK_DESTROY),
};

ON_FIBER static void prefer_writers(void)
{
	pthread_rwlockattr_t attributes;

	pthread_rwlockattr_init(&attributes);
	pthread_rwlockattr_setkind_np(
		&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	rwlock_init(runtime, &toy.memory->rwlock, &attributes, 1);
}

ON_FIBER static void use_preferred_writers(unsigned number, uintptr_t place)
{
	pthread_rwlock_t *lock = &toy.memory->rwlock;
	int error;

	switch (number) {
	case 0:
	case 1:
		error = rwlock_rdlock(runtime, lock, place);
		break;
	case 2:
		error = rwlock_wrlock(runtime, lock, place);
		break;
	case 3:
		error = rwlock_tryrdlock(runtime, lock, place);
		break;
	case 4:
		error = rwlock_wrlock_until(runtime, lock, &soon, place);
		break;
	default:
		toy_read(&toy.memory->array[0]);
		return;
	}
	note_error(error);
	if (!error)
		rwlock_unlock(runtime, lock, place + 1);
}

const struct family family_preferred_writers = {
	.begin = prefer_writers,
	.perform = use_preferred_writers,
	.count = 7,
	FAMILY_KINDS(OP_RWLOCK_QUEUE, OP_RWLOCK_RDLOCK, OP_RWLOCK_WRLOCK,
		     OP_RWLOCK_WRTIMEOUT),
};

/* --- Of threads that may be cancelled at any time: the last one */

ON_FIBER static void use_lock(unsigned number, uintptr_t place)
{
	pthread_spinlock_t *spin_lock =
		(pthread_spinlock_t *)&toy.memory->array[32];
	pthread_rwlock_t *lock = &toy.memory->rwlock;
	int error;

	switch (number) {
	case 0:
		toy_lock(0);
		toy_unlock(0);
		return;
	case 1:
		spin_lock_lock(runtime, spin_lock, place);
		spin_lock_unlock(runtime, spin_lock, place + 1);
		return;
	case 2:
		error = rwlock_rdlock(runtime, lock, place);
		break;
	default:
		error = rwlock_wrlock(runtime, lock, place);
		break;
	}
	if (!error)
		rwlock_unlock(runtime, lock, place + 1);
}

ON_FIBER static void cancel_at_lock(unsigned number, uintptr_t place)
{
	const uint32_t self = runtime->current->number;
	int old;

	if (number < 4)
		use_lock(number, place);
	else if (self == FAMILY_THREADS)
		cancel_set_type(runtime, PTHREAD_CANCEL_ASYNCHRONOUS, &old,
				place);
	else
		cancel_request(
			runtime,
			thread_handle(&runtime->state.threads[FAMILY_THREADS]),
			place);
}

const struct family family_cancelled_locks = {
	.perform = cancel_at_lock,
	.count = 6,
	FAMILY_KINDS(OP_CANCEL, OP_TESTCANCEL, OP_MUTEX_CANCELLED,
		     OP_RWLOCK_RDCANCELLED, OP_RWLOCK_WRCANCELLED,
		     OP_SPIN_LOCK_WAIT, OP_SPIN_CANCELLED),
};
