/*
 * What lies in a pthread_mutex_t: see mutex.h. Inline, as it is asked before
 * and after each step of who takes a mutex or gives one back.
 */
#ifndef EXPLORER_RUNTIME_MUTEX_STATE_H
#define EXPLORER_RUNTIME_MUTEX_STATE_H

#include <pthread.h>

#include "runtime/mark.h"
#include "runtime/runtime.h"

/* __kind, as glibc has it. */
#define KIND_TYPE    3
#define KIND_ROBUST  16
#define KIND_INHERIT 32
#define KIND_PROTECT 64
#define KIND_SHARED  128
#define KIND_ALL                                                               \
	(KIND_TYPE | KIND_ROBUST | KIND_INHERIT | KIND_PROTECT | KIND_SHARED)

/* __lock: a set of these. */
#define LOCK_HELD	  1
#define LOCK_INCONSISTENT 2 /* its owner ended with it */
#define LOCK_LOST	  4 /* and nobody has made it consistent */
#define LOCK_ALL	  (LOCK_HELD | LOCK_INCONSISTENT | LOCK_LOST)

static inline uint64_t mutex_mark(const pthread_mutex_t *mutex)
{
	return (uint64_t)(uintptr_t)mutex->__data.__list.__prev;
}

static inline int mutex_type(const pthread_mutex_t *mutex)
{
	return mutex->__data.__kind & KIND_TYPE;
}

static inline bool mutex_is_held(const pthread_mutex_t *mutex)
{
	return mutex->__data.__lock & LOCK_HELD;
}

static inline bool mutex_is_held_by(const pthread_mutex_t *mutex,
				    const struct thread *thread)
{
	return mutex_is_held(mutex) &&
	       (uint32_t)mutex->__data.__owner == thread->number + 1;
}

/* Whether these bytes are a mutex at all. */
static inline bool mutex_is_sound(const pthread_mutex_t *mutex)
{
	enum life life = mark_life(mutex_mark(mutex));

	return (life == LIFE_PLAIN || life == LIFE_READY) &&
	       (mutex->__data.__kind & ~KIND_ALL) == 0 &&
	       (mutex->__data.__lock & ~LOCK_ALL) == 0 &&
	       (uint32_t)mutex->__data.__owner <= THREADS_MAX;
}

/* Whether its owner, locking it again, is answered at once. */
static inline bool mutex_answers_owner(const pthread_mutex_t *mutex)
{
	return mutex_type(mutex) == PTHREAD_MUTEX_RECURSIVE ||
	       mutex_type(mutex) == PTHREAD_MUTEX_ERRORCHECK;
}

/* Whether the thread, whose pending operation is to lock, could. */
static inline bool mutex_is_available(const struct thread *thread)
{
	const pthread_mutex_t *mutex =
		(const pthread_mutex_t *)thread->pending.address;

	return !mutex_is_held(mutex) || !mutex_is_sound(mutex) ||
	       (mutex_is_held_by(mutex, thread) && mutex_answers_owner(mutex));
}

/* The number of the owner of the mutex at `address`; THREADS_MAX if none. */
static inline uint32_t mutex_owner(uintptr_t address)
{
	const pthread_mutex_t *mutex = (const pthread_mutex_t *)address;

	return mutex_is_held(mutex) && mutex_is_sound(mutex)
		       ? (uint32_t)mutex->__data.__owner - 1
		       : THREADS_MAX;
}

#endif
