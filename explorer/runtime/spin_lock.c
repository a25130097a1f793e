/*
 * Spin locks. See spin_lock.h.
 */
#include "runtime/spin_lock.h"

#include <errno.h>

#include "runtime/alternative.h"
#include "runtime/announce.h"
#include "runtime/cancel.h"
#include "runtime/held.h"
#include "runtime/mark.h"
#include "runtime/misuse.h"

/*
 * A lock's bits: that it is one; which object it was when it was initialised
 * (mark.h), 0 if it never was; the owner's number + 1. What is all zero is a
 * free lock that was not initialised.
 */
#define LOCK	       0x40000000U
#define LOCK_BITS      0xc0000000U
#define IDENTITY       0x3ffff800U
#define IDENTITY_SHIFT 11
#define IDENTITY_KNOWN 0x20000000U
#define OWNER	       SPIN_LOCK_OWNER
#define DESTROYED      0xffffffffU

static bool is_lock(unsigned value)
{
	return value == 0 ||
	       ((value & LOCK_BITS) == LOCK && (value & OWNER) <= THREADS_MAX);
}

static bool is_held(unsigned value)
{
	return is_lock(value) && (value & OWNER) > 0;
}

static unsigned value_of(const pthread_spinlock_t *lock)
{
	return (unsigned)*lock;
}

static void set_owner(pthread_spinlock_t *lock, uint32_t owner)
{
	unsigned value = value_of(lock);

	*lock = (int)((is_lock(value) ? value & IDENTITY : 0) | LOCK | owner);
}

uint32_t spin_lock_owner(uintptr_t address)
{
	unsigned value = *(const volatile unsigned *)address;

	return is_held(value) ? (value & OWNER) - 1 : THREADS_MAX;
}

/* Touches the lock first: see mutex.c. */
ON_FIBER static void announce(struct runtime *runtime, enum op op,
			      const pthread_spinlock_t *lock, uintptr_t place)
{
	(void)*lock;
	runtime_announce_on(runtime, op, (uintptr_t)lock, place);
}

ON_FIBER static void check(struct runtime *runtime, unsigned value)
{
	if (value == DESTROYED)
		misuse_see(runtime, MISUSE_USE_DESTROYED);
	else if (!is_lock(value))
		misuse_see(runtime, MISUSE_USE_UNINITIALISED);
}

static bool is_on_stack(uintptr_t address)
{
	return stacks_slot(address) < LAYOUT_SLOTS;
}

/* Which object it is that is initialised now, as far as there is room: on a
 * stack the frame and the place, in that order. 0 if that cannot be told. */
ON_FIBER static unsigned identity_of(const struct runtime *runtime,
				     uintptr_t address)
{
	uint32_t identity = mark_identity(runtime, address);
	unsigned low = identity & 0x3ffffU;

	if (is_on_stack(address) && identity == 0)
		return 0;
	if (is_on_stack(address))
		low = (identity >> 16 & 0x3ffU) << 8 | (identity & 0xffU);
	return low << IDENTITY_SHIFT | IDENTITY_KNOWN;
}

/* Whether it is initialised already: on a stack, in the same frame and
 * elsewhere (see mark.h). */
static bool is_initialised(uintptr_t address, unsigned before, unsigned now)
{
	const unsigned place = 0xffU << IDENTITY_SHIFT;

	if (!is_lock(before) || !(before & IDENTITY_KNOWN))
		return false;
	before &= IDENTITY;
	if (!is_on_stack(address))
		return before == now;
	return (before & ~place) == (now & ~place) && before != now;
}

ON_FIBER int spin_lock_init(struct runtime *runtime, pthread_spinlock_t *lock,
			    uintptr_t place)
{
	uintptr_t address = (uintptr_t)lock;
	unsigned identity;

	announce(runtime, OP_SPIN_LOCK_INIT, lock, place);
	identity = identity_of(runtime, address);
	if (is_held(value_of(lock)) &&
	    held_next(&runtime->state, THREADS_MAX, address, &(uint32_t){0}))
		misuse_see_holder(runtime, MISUSE_INIT_HELD);
	else if (is_initialised(address, value_of(lock), identity))
		misuse_see(runtime, MISUSE_INIT_AGAIN);
	held_forget(runtime, address);
	*lock = (int)(LOCK | identity);
	return runtime->current->result = 0;
}

ON_FIBER int spin_lock_destroy(struct runtime *runtime,
			       pthread_spinlock_t *lock, uintptr_t place)
{
	announce(runtime, OP_SPIN_LOCK_DESTROY, lock, place);
	check(runtime, value_of(lock));
	if (is_held(value_of(lock)))
		misuse_see_holder(runtime, MISUSE_DESTROY_HELD);
	held_forget(runtime, (uintptr_t)lock);
	*lock = (int)DESTROYED;
	return runtime->current->result = 0;
}

ON_FIBER static int take(struct runtime *runtime, pthread_spinlock_t *lock)
{
	set_owner(lock, runtime->current->number + 1);
	held_add(runtime, runtime->current, &runtime->current->pending);
	return 0;
}

ON_FIBER int spin_lock_lock(struct runtime *runtime, pthread_spinlock_t *lock,
			    uintptr_t place)
{
	announce(runtime, OP_SPIN_LOCK, lock, place);
	if (runtime->current->alternative == RESULT_CANCELLED)
		cancel_act(runtime);
	check(runtime, value_of(lock));
	return runtime->current->result = take(runtime, lock);
}

ON_FIBER int spin_lock_trylock(struct runtime *runtime,
			       pthread_spinlock_t *lock, uintptr_t place)
{
	announce(runtime, OP_SPIN_TRYLOCK, lock, place);
	check(runtime, value_of(lock));
	return runtime->current->result =
		       is_held(value_of(lock)) ? EBUSY : take(runtime, lock);
}

ON_FIBER int spin_lock_unlock(struct runtime *runtime, pthread_spinlock_t *lock,
			      uintptr_t place)
{
	uint32_t owner;

	announce(runtime, OP_SPIN_UNLOCK, lock, place);
	check(runtime, value_of(lock));
	owner = spin_lock_owner((uintptr_t)lock);
	if (owner == THREADS_MAX)
		misuse_see(runtime, MISUSE_UNLOCK_FREE);
	else if (owner != runtime->current->number)
		misuse_see_holder(runtime, MISUSE_UNLOCK_OTHER);
	held_remove(runtime, owner, (uintptr_t)lock);
	set_owner(lock, 0);
	return runtime->current->result = 0;
}
