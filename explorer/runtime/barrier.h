/*
 * Barriers. Passing one is two operations: to arrive, which may let everybody
 * go, and to leave, once that has happened.
 *
 * Who has arrived has announced that it wants to leave, and the last to arrive
 * says so to all of these (operation.source is then its step): what lies in the
 * barrier itself is not needed any more, and it may be destroyed.
 *
 *     T1: arrive, announce leave
 *                      T2: arrive (the last one), T1 may leave, so may T2
 *     T1: leave
 *                      T2: leave: PTHREAD_BARRIER_SERIAL_THREAD, as in glibc
 */
#ifndef EXPLORER_RUNTIME_BARRIER_H
#define EXPLORER_RUNTIME_BARRIER_H

#include <pthread.h>

#include "runtime/runtime.h"

/*
 * Who arrives at a barrier commutes with all others who do, but for the last
 * one, who lets everybody go and is told so. Who will be last cannot be told
 * from a single arrival: each says how many are missing, itself included, in
 * the state in which it is performed (enum commuting).
 */
int32_t barrier_commuting(uint32_t missing);
/* 1: the last one, or one that commutes with none. */
static inline uint32_t barrier_missing(const struct operation *arrival)
{
	return arrival->detail >= COMMUTES_ARRIVALS
		       ? (uint32_t)(arrival->detail - COMMUTES_ARRIVALS) + 2
		       : 1;
}
/* What an arrival would say in the state that the program is in. */
int32_t barrier_commuting_now(const struct runtime *runtime,
			      const struct operation *arrival);

/* As the pthread functions; `place` is where the program calls them. */
ON_FIBER int barrier_init(struct runtime *runtime, pthread_barrier_t *barrier,
			  unsigned count, uintptr_t place);
ON_FIBER int barrier_destroy(struct runtime *runtime,
			     pthread_barrier_t *barrier, uintptr_t place);
ON_FIBER int barrier_wait(struct runtime *runtime, pthread_barrier_t *barrier,
			  uintptr_t place);

#endif
