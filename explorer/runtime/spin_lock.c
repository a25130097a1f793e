/*
 * Spin locks. See spin_lock.h.
 */
#include "runtime/spin_lock.h"

#include <errno.h>

#include "runtime/held.h"
#include "runtime/misuse.h"

#define NOT_INITIALISED 0
#define FREE		1
#define HELD		2 /* plus a thread's number */
#define DESTROYED	(-1)

static bool is_held(int value)
{
	return value >= HELD && value < HELD + (int)THREADS_MAX;
}

static int held_by(const struct thread *thread)
{
	return HELD + (int)thread->number;
}

uint32_t spin_lock_owner(uintptr_t address)
{
	int value = *(const volatile int *)address;

	return is_held(value) ? (uint32_t)(value - HELD) : THREADS_MAX;
}

/* Touches the lock first: see mutex.c. */
ON_FIBER static void announce(struct runtime *runtime, enum op op,
			      const pthread_spinlock_t *lock, uintptr_t place)
{
	(void)*lock;
	runtime_announce(runtime,
			 &(struct operation){.op = (uint8_t)op,
					     .order = ORDER_PLAIN,
					     .address = (uintptr_t)lock,
					     .place = place});
}

ON_FIBER static void check(struct runtime *runtime, int value)
{
	if (value == DESTROYED)
		misuse_see(runtime, MISUSE_USE_DESTROYED);
	else if (value != NOT_INITIALISED && value != FREE && !is_held(value))
		misuse_see(runtime, MISUSE_USE_UNINITIALISED);
}

/* Whether the lock was initialised before is hard to tell from whether these
 * bytes just happen to be so: only that it is held is worth a word. */
ON_FIBER int spin_lock_init(struct runtime *runtime, pthread_spinlock_t *lock,
			    uintptr_t place)
{
	announce(runtime, OP_SPIN_LOCK_INIT, lock, place);
	if (is_held(*lock) && held_next(&runtime->state, THREADS_MAX,
					(uintptr_t)lock, &(uint32_t){0}))
		misuse_see_holder(runtime, MISUSE_INIT_HELD);
	held_forget(runtime, (uintptr_t)lock);
	*lock = FREE;
	return runtime->current->result = 0;
}

ON_FIBER int spin_lock_destroy(struct runtime *runtime,
			       pthread_spinlock_t *lock, uintptr_t place)
{
	announce(runtime, OP_SPIN_LOCK_DESTROY, lock, place);
	check(runtime, *lock);
	if (is_held(*lock))
		misuse_see_holder(runtime, MISUSE_DESTROY_HELD);
	held_forget(runtime, (uintptr_t)lock);
	*lock = DESTROYED;
	return runtime->current->result = 0;
}

ON_FIBER static int take(struct runtime *runtime, pthread_spinlock_t *lock)
{
	*lock = held_by(runtime->current);
	held_add(runtime, runtime->current, &runtime->current->pending);
	return 0;
}

ON_FIBER int spin_lock_lock(struct runtime *runtime, pthread_spinlock_t *lock,
			    uintptr_t place)
{
	announce(runtime, OP_SPIN_LOCK, lock, place);
	check(runtime, *lock);
	return runtime->current->result = take(runtime, lock);
}

ON_FIBER int spin_lock_trylock(struct runtime *runtime,
			       pthread_spinlock_t *lock, uintptr_t place)
{
	announce(runtime, OP_SPIN_TRYLOCK, lock, place);
	check(runtime, *lock);
	return runtime->current->result =
		       is_held(*lock) ? EBUSY : take(runtime, lock);
}

ON_FIBER int spin_lock_unlock(struct runtime *runtime, pthread_spinlock_t *lock,
			      uintptr_t place)
{
	uint32_t owner;

	announce(runtime, OP_SPIN_UNLOCK, lock, place);
	check(runtime, *lock);
	owner = spin_lock_owner((uintptr_t)lock);
	if (owner == THREADS_MAX)
		misuse_see(runtime, MISUSE_UNLOCK_FREE);
	else if (owner != runtime->current->number)
		misuse_see_holder(runtime, MISUSE_UNLOCK_OTHER);
	held_remove(runtime, owner, (uintptr_t)lock);
	*lock = FREE;
	return runtime->current->result = 0;
}
