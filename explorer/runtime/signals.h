/*
 * Signals that the program sends to itself, and waits for.
 *
 * A signal for a thread that blocks it, or for the process while all threads
 * do, stays pending until somebody takes it with sigwait() or no longer blocks
 * it. What is pending is a queue in the program's world, at a fixed place, with
 * a mutex and a condition variable beside it: to send, to look and to wait are
 * operations on these, known to every search.
 *
 *     send    lock, queue, broadcast, unlock
 *     wait    lock, wait for the condition until there is one, take it, unlock
 *
 * A signal that nobody blocks acts at once, on the thread that sent it or on
 * another; what it does then is for the caller to know. Which signals a thread
 * blocks is a thing that is learned (thing.h): that it changes this matters
 * only where others send or wait meanwhile.
 */
#ifndef EXPLORER_RUNTIME_SIGNALS_H
#define EXPLORER_RUNTIME_SIGNALS_H

#include <pthread.h>
#include <signal.h>

#include "runtime/deadline.h"
#include "runtime/runtime.h"

#define SIGNAL_BIT(number) (UINT64_C(1) << ((number)-1))

/* One that was sent. */
struct signal_sent {
	union sigval value;
	int32_t number;
	int32_t code; /* SI_USER or SI_QUEUE: glibc shows no SI_TKILL */
};

/* To be called once, before the program's first allocation. */
void signals_init(struct runtime *runtime);

/* What has been done with a signal. */
enum signal_fate {
	SIGNAL_KEPT,  /* it is pending, or there is nobody to have it */
	SIGNAL_FULL,  /* no more can be pending */
	SIGNAL_OWN,   /* the running thread gets it, now */
	SIGNAL_OTHER, /* another one does */
};

/* Sends a signal to a thread that has been found, or, if that is NULL, to the
 * process. */
ON_FIBER enum signal_fate signals_send(struct runtime *runtime,
				       const struct signal_sent *signal,
				       const struct thread *target,
				       uintptr_t place);

/* Takes a pending signal of the set (of SIGNAL_BIT()). Waits for one until the
 * deadline. Returns 0, or EAGAIN if it has passed; the thread may be cancelled.
 */
ON_FIBER int signals_wait(struct runtime *runtime, uint64_t set,
			  const struct deadline *deadline,
			  struct signal_sent *ret_signal, uintptr_t place);

/* The running thread is cancelled in a wait, and has that mutex: if the wait
 * was for a signal, gives it back, since no cleanup handler of the program's
 * does.
 */
ON_FIBER void signals_leave(struct runtime *runtime, pthread_mutex_t *mutex,
			    uintptr_t place);

/* Those that are pending for the running thread and for the process. */
ON_FIBER uint64_t signals_pending(struct runtime *runtime, uintptr_t place);

/* The running thread blocks these from now on. Returns a pending signal that it
 * is to get now, since it no longer blocks it; 0 if there is none. */
ON_FIBER int signals_block(struct runtime *runtime, uint64_t set,
			   uintptr_t place);

/* Sets *ret_location if the mutex or the condition variable is there. */
bool signals_locate(uintptr_t address, struct location *ret_location);

#endif
