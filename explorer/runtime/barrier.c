/*
 * Barriers. See barrier.h.
 */
#include "runtime/barrier.h"

#include <errno.h>
#include <string.h>

#include "runtime/announce.h"
#include "runtime/ending.h"
#include "runtime/mark.h"
#include "runtime/misuse.h"

/* As many as glibc has room for. */
#define COUNT_MAX (UINT32_MAX / 2)

/* The program's pthread_barrier_t: glibc's layout as far as it can be, since
 * what a constructor initialises before main is glibc's. */
struct barrier {
	uint32_t arrived;
	uint32_t unused;
	uint32_t count;
	uint32_t more[3];
	uint64_t mark;
};

_Static_assert(sizeof(struct barrier) <= sizeof(pthread_barrier_t),
	       "the state lies in the program's object");

static struct barrier *barrier_of(pthread_barrier_t *barrier)
{
	return (struct barrier *)(void *)barrier;
}

int32_t barrier_commuting(uint32_t missing)
{
	return missing < 2 ? COMMUTES_NOT
			   : (int32_t)(COMMUTES_ARRIVALS + missing - 2);
}

int32_t barrier_commuting_now(const struct runtime *runtime,
			      const struct operation *arrival)
{
	const struct barrier *barrier =
		(const struct barrier *)arrival->address;

	if (!runtime->refined || barrier->count > COUNT_MAX ||
	    barrier->arrived >= barrier->count)
		return COMMUTES_NOT;
	return barrier_commuting(barrier->count - barrier->arrived);
}

ON_FIBER static void announce(struct runtime *runtime, enum op op,
			      const struct barrier *barrier, uintptr_t source,
			      uintptr_t place)
{
	runtime_announce(runtime,
			 &(struct operation){.op = (uint8_t)op,
					     .order = ORDER_PLAIN,
					     .address = (uintptr_t)barrier,
					     .source = source,
					     .place = place});
}

/* Touches the barrier first: see mutex.c. */
ON_FIBER static struct barrier *announce_on(struct runtime *runtime, enum op op,
					    pthread_barrier_t *object,
					    uintptr_t place)
{
	struct barrier *barrier = barrier_of(object);

	(void)*(const volatile uint32_t *)&barrier->count;
	announce(runtime, op, barrier, 0, place);
	return barrier;
}

ON_FIBER int barrier_init(struct runtime *runtime, pthread_barrier_t *object,
			  unsigned count, uintptr_t place)
{
	struct barrier *barrier =
		announce_on(runtime, OP_BARRIER_INIT, object, place);

	if (count == 0)
		misuse_see(runtime, MISUSE_BARRIER_COUNT);
	if (count == 0 || count > COUNT_MAX)
		return runtime->current->result = EINVAL;
	if (mark_is_same(runtime, (uintptr_t)barrier, barrier->mark))
		misuse_see(runtime, barrier->arrived > 0 ? MISUSE_INIT_HELD
							 : MISUSE_INIT_AGAIN);
	memset(barrier, 0, sizeof(*barrier));
	barrier->count = count;
	barrier->mark = mark_ready(runtime, (uintptr_t)barrier);
	return runtime->current->result = 0;
}

/* Waits until those who have arrived are let go. */
ON_FIBER static void await_release(struct runtime *runtime,
				   const struct barrier *barrier,
				   uintptr_t released_at, uintptr_t place)
{
	announce(runtime, OP_BARRIER_LEAVE, barrier, released_at, place);
}

/* glibc's waits for those who are inside, who may wait for ever. */
ON_FIBER int barrier_destroy(struct runtime *runtime, pthread_barrier_t *object,
			     uintptr_t place)
{
	struct barrier *barrier =
		announce_on(runtime, OP_BARRIER_DESTROY, object, place);
	bool waited_for = barrier->arrived > 0;

	if (!mark_check(runtime, barrier->mark) && waited_for)
		misuse_see(runtime, MISUSE_DESTROY_WAITED);
	barrier->mark = mark_destroyed();
	if (waited_for)
		await_release(runtime, barrier, 0, place);
	return runtime->current->result = 0;
}

/* Everybody who waits at the barrier may leave it; some may since the last
 * time, and have not yet. */
ON_FIBER static void release(struct runtime *runtime,
			     const struct barrier *barrier)
{
	struct thread *thread;

	FOR_LIVE(thread, &runtime->state)
	if (thread->state == THREAD_PENDING &&
	    thread->pending.op == OP_BARRIER_LEAVE &&
	    thread->pending.address == (uintptr_t)barrier &&
	    thread->pending.source == 0)
		thread->pending.source = runtime->step;
}

/* Returns whether this was the last one. */
ON_FIBER static bool arrive(struct runtime *runtime, struct barrier *barrier)
{
	if (++barrier->arrived < barrier->count)
		return false;
	barrier->arrived = 0;
	release(runtime, barrier);
	return true;
}

ON_FIBER int barrier_wait(struct runtime *runtime, pthread_barrier_t *object,
			  uintptr_t place)
{
	struct barrier *barrier =
		announce_on(runtime, OP_BARRIER_ARRIVE, object, place);
	bool last;

	/* glibc divides by the count. */
	if (!mark_check(runtime, barrier->mark) && barrier->count == 0)
		misuse_see(runtime, MISUSE_USE_UNINITIALISED);
	if (barrier->count == 0)
		ending_misuse(runtime, place);
	last = arrive(runtime, barrier);
	await_release(runtime, barrier, last ? runtime->step : 0, place);
	return runtime->current->result =
		       last ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}
