/*
 * Mutexes. See mutex.h.
 */
#include "runtime/mutex.h"

#include <errno.h>
#include <string.h>

/* The low bits of __kind are the type; higher ones hold protocols. */
#define KIND_MASK 3

static bool is_held_by(const pthread_mutex_t *mutex,
		       const struct thread *thread)
{
	return mutex->__data.__lock &&
	       (uint32_t)mutex->__data.__owner == thread->number + 1;
}

static int kind_of(const pthread_mutex_t *mutex)
{
	return mutex->__data.__kind & KIND_MASK;
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

bool mutex_is_available(const struct thread *thread)
{
	const pthread_mutex_t *mutex = (const void *)thread->pending.address;

	return !mutex->__data.__lock ||
	       (is_held_by(mutex, thread) &&
		(kind_of(mutex) == PTHREAD_MUTEX_RECURSIVE ||
		 kind_of(mutex) == PTHREAD_MUTEX_ERRORCHECK));
}

uint32_t mutex_owner(uintptr_t address)
{
	const pthread_mutex_t *mutex = (const void *)address;

	return mutex->__data.__lock ? (uint32_t)mutex->__data.__owner - 1
				    : THREADS_MAX;
}

static int take(pthread_mutex_t *mutex, const struct thread *thread)
{
	mutex->__data.__lock = 1;
	mutex->__data.__owner = (int)thread->number + 1;
	mutex->__data.__count = 1;
	return 0;
}

static int take_again(pthread_mutex_t *mutex)
{
	if (mutex->__data.__count == UINT32_MAX)
		return EAGAIN;
	mutex->__data.__count++;
	return 0;
}

ON_FIBER int mutex_init(struct runtime *runtime, pthread_mutex_t *mutex,
			const pthread_mutexattr_t *attributes, uintptr_t place)
{
	int kind = PTHREAD_MUTEX_NORMAL;

	if (attributes)
		pthread_mutexattr_gettype(attributes, &kind);
	announce(runtime, OP_MUTEX_INIT, mutex, place);
	memset(mutex, 0, sizeof(*mutex));
	mutex->__data.__kind = kind;
	return runtime->current->result = 0;
}

ON_FIBER int mutex_destroy(struct runtime *runtime, pthread_mutex_t *mutex,
			   uintptr_t place)
{
	announce(runtime, OP_MUTEX_DESTROY, mutex, place);
	return runtime->current->result = mutex->__data.__lock ? EBUSY : 0;
}

int mutex_acquire(pthread_mutex_t *mutex, const struct thread *thread)
{
	if (!is_held_by(mutex, thread))
		return take(mutex, thread);
	if (kind_of(mutex) == PTHREAD_MUTEX_RECURSIVE)
		return take_again(mutex);
	return EDEADLK;
}

ON_FIBER int mutex_lock(struct runtime *runtime, pthread_mutex_t *mutex,
			uintptr_t place)
{
	struct thread *thread = runtime->current;

	announce(runtime, OP_MUTEX_LOCK, mutex, place);
	return thread->result = mutex_acquire(mutex, thread);
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
	return thread->result = mutex_acquire(mutex, thread);
}

ON_FIBER int mutex_trylock(struct runtime *runtime, pthread_mutex_t *mutex,
			   uintptr_t place)
{
	struct thread *thread = runtime->current;

	announce(runtime, OP_MUTEX_TRYLOCK, mutex, place);
	if (!mutex->__data.__lock)
		return thread->result = take(mutex, thread);
	if (is_held_by(mutex, thread) &&
	    kind_of(mutex) == PTHREAD_MUTEX_RECURSIVE)
		return thread->result = take_again(mutex);
	return thread->result = EBUSY;
}

/* Unlocking another's normal mutex, or a free one, does what glibc does: it is
 * free afterwards. */
int mutex_release(pthread_mutex_t *mutex, const struct thread *thread)
{
	if ((kind_of(mutex) == PTHREAD_MUTEX_RECURSIVE ||
	     kind_of(mutex) == PTHREAD_MUTEX_ERRORCHECK) &&
	    !is_held_by(mutex, thread))
		return EPERM;
	if (mutex->__data.__lock && mutex->__data.__count > 1) {
		mutex->__data.__count--;
		return 0;
	}
	mutex->__data.__lock = 0;
	mutex->__data.__owner = 0;
	mutex->__data.__count = 0;
	return 0;
}

ON_FIBER int mutex_unlock(struct runtime *runtime, pthread_mutex_t *mutex,
			  uintptr_t place)
{
	struct thread *thread = runtime->current;

	announce(runtime, OP_MUTEX_UNLOCK, mutex, place);
	return thread->result = mutex_release(mutex, thread);
}
