/*
 * Threads that spin: they read again and again what only others can change.
 *
 *     while (!flag)                     while (!compare_and_swap(&lock, 0, 1))
 *             ;                                 sched_yield();
 *
 * Another round of such a loop leads back to the state that it began in. So a
 * thread that has made one sleeps: what it has pending is OP_AWAIT, which can
 * be performed once somebody has changed what the round looked at; then the
 * thread is again about to do what it was about to do. Nothing is lost:
 * whatever can happen after more rounds can happen without them.
 *
 * A step is idle if it changed nothing: a read, a compare-exchange or a try
 * that failed, an update that left the value as it was, a signal that nobody
 * waited for, and, of a thread that is watched, a write of what was there. A
 * round may also pass locks and semaphores, that is take and release them,
 * sleep, and wait for conditions with deadlines that have passed. A thread is
 * watched from when it makes such steps and is about to repeat one, and now and
 * then when it writes. Of a watched thread a window is kept: its last steps,
 * what it was about to do behind each, and a digest of what it was like then
 * (its stack, registers included, and what else it has written privately). Any
 * other step of its own ends that.
 *
 *     key 0 -- read a -- key 1 -- read b -- key 0, digest 2 -- read a -- ...
 *
 * What lies in dead places of a live stack depends on what ran there before,
 * the search itself included. So two digests are compared only if the steps
 * between them led the same way as those before the first one: by then the
 * places that the round writes have been written, and the others stay as they
 * are. The thread is back where it was if they are equal; then it sleeps,
 * unless it would do so with a lock in its hands.
 *
 * That is settled by what the thread has seen itself. Where another one has
 * changed since what a step of the round saw, it is woken at once; no further
 * round has that step.
 *
 * Why reduction may treat OP_AWAIT as an operation like any other: a step that
 * changes what a round looked at depends on the round's step, and so comes
 * before or after it in all equivalent executions alike; what the thread sees,
 * and so whether it sleeps, is the same in all of them. Who wakes it depends on
 * its OP_AWAIT, which stands for what the round looked at (await.h). Another
 * round would let others see nothing that this one did not: it writes nothing,
 * and whoever could have found a lock of it taken, or the time passed, twice,
 * wakes the thread.
 *
 * A round may look at nothing that is visible: nobody is known to write it. It
 * is woken by whatever step of another thread may have done so privately; the
 * bytes are then visible in the next round of the search.
 *
 * Not seen: private writes by code that was built without the hooks; that a
 * value of a semaphore that is only looked at could be lower for a moment more
 * than once. A round of half of SPIN_STEPS or more, or that writes something
 * and puts it back, is no reason to sleep: the thread then runs on.
 */
#ifndef EXPLORER_ENGINE_SPIN_H
#define EXPLORER_ENGINE_SPIN_H

#include "engine/dependence.h"
#include "engine/engine.h"
#include "engine/spin_window.h"
#include "runtime/alternative.h"

/* A thread that repeats nothing in so many idle steps is let alone. */
#define SPIN_LOOKS 64U
/* First for as many steps, then twice as long each time, but so often. */
#define SPIN_DOUBLINGS 10U
/* Nor is one that was watched in vain before, and is seen at one place so many
 * times, never as it was; but for one in so many times that it is watched. */
#define SPIN_TIMES 4U
#define SPIN_LONG  8U
/* Nor is one with more on its stack: a digest of it would take too long. */
#define SPIN_STACK_MAX ((uintptr_t)1 << 16)
/* So many bytes below its stack are cleared before each of its steps. */
#define SPIN_CLEARED ((uintptr_t)2048)
/* A step that writes more than so many bytes counts as a change. */
#define SPIN_CONTENTS_MAX 64U
/* A thread that writes is watched once in so many steps, more seldom the more
 * it has made. */
#define SPIN_WRITES	   32U
#define SPIN_WRITES_SELDOM 4U

/* A step has changed something, while threads are watched; or it has not; or it
 * has passed a lock. */
void spin_see_change(struct engine *engine, struct thread *thread,
		     const struct performed *performed);
void spin_see_idle(struct engine *engine, struct thread *thread,
		   const struct performed *performed);
void spin_see_passing(struct engine *engine, struct thread *thread,
		      const struct performed *performed);

/* A thread is about to perform what it has pending; and whether that wrote what
 * was there before. */
void spin_see_before(struct engine *engine, struct thread *thread);
bool spin_wrote_back(const struct engine *engine, const struct thread *thread,
		     const struct performed *performed);

/* It writes, now and then, and nobody is watched: perhaps what was there. */
void spin_suspect_writer(struct engine *engine, struct thread *thread);

/* Whether it woke nobody, as nobody waited. */
static inline bool spin_wakes_nobody(const struct performed *performed)
{
	enum op op = (enum op)performed->operation.op;

	return (op == OP_COND_SIGNAL || op == OP_COND_BROADCAST ||
		op == OP_FUTEX_WAKE) &&
	       performed->waiters == 0;
}

/* Whether a step that was performed changed nothing. */
static inline bool spin_is_idle(const struct performed *performed,
				const struct thread *thread)
{
	unsigned traits = op_traits[performed->operation.op];
	bool is_update = performed->operation.op == OP_ATOMIC_UPDATE;

	return ((traits & OP_TRAIT_LOOKS) != 0) |
	       (is_update & (thread->result != 0)) |
	       (performed->failed & ((traits & OP_TRAIT_TRIES) != 0));
}

/* Whether it has not waited, as its deadline was past before: it has looked. */
static inline bool spin_was_late(const struct performed *performed)
{
	return (performed->operation.alternatives & WAIT_PASSED) &&
	       alternative_is_timeout((enum op)performed->operation.op);
}

/* What is the same for operations at the same place on the same object. If it
 * ever is for others, a thread is watched for nothing. */
static inline uint64_t spin_key(const struct operation *operation)
{
	return operation->place * 0x5851f42dU + operation->address;
}

/* Whether it is about to do again what it has just done, or what it was about
 * to do 1, 2, 4, 8 ... idle steps after it last changed something. */
static inline bool spin_repeats(const struct thread *thread,
				const struct performed *performed)
{
	uint64_t key = spin_key(&thread->pending);

	return (key == spin_key(&performed->operation)) |
	       (key == thread->spin_noted);
}

/* As if it had just changed something. */
static inline void spin_restart_count(struct thread *thread)
{
	thread->spin_idle = 0;
	thread->spin_noted = 0;
}

/* It has made an idle step that is no reason to watch it, or one that was not.
 * No jump depends on which: a processor could not foresee it. */
static inline void spin_count(struct thread *thread, bool idle)
{
	uint32_t count = (thread->spin_idle + 1) & -(uint32_t)idle;
	uint64_t key = spin_key(&thread->pending) & -(uint64_t)idle;
	/* All but powers of two: else what was noted is of no use now, or known
	 * to the next step. */
	uint64_t keeps = -(uint64_t)((count & (count - 1)) != 0);

	thread->spin_idle = count;
	thread->spin_noted = (thread->spin_noted & keeps) | (key & ~keeps);
}

/* Whether it is to be watched if it writes. */
static inline bool spin_is_due(const struct thread *thread)
{
	uint32_t last = thread->spin_due_at;

	return thread->index >= last + last / SPIN_WRITES_SELDOM + SPIN_WRITES;
}

/* Nobody is watched, and the thread is about to do something: is it to be
 * watched from now on? */
static inline void spin_look(struct engine *engine, struct thread *thread,
			     const struct performed *performed, bool idle)
{
	if (idle & spin_repeats(thread, performed)) {
		spin_see_idle(engine, thread, performed);
		return;
	}
	spin_count(thread, idle);
	if (__builtin_expect(!idle & spin_is_due(thread), 0))
		spin_suspect_writer(engine, thread);
}

/* The same of a step that is no access to memory, or while others are
 * watched. */
static inline void spin_settle_otherwise(struct engine *engine,
					 struct thread *thread,
					 const struct performed *performed)
{
	bool in_round = performed->idle || spin_passes(performed);

	if (engine->runtime->state.spin_watched > 0) {
		if (performed->idle)
			spin_see_idle(engine, thread, performed);
		else if (in_round)
			spin_see_passing(engine, thread, performed);
		else
			spin_see_change(engine, thread, performed);
	} else if (thread->state == THREAD_PENDING && !engine->ended) {
		spin_look(engine, thread, performed, in_round);
	} else if (performed->idle) {
		spin_see_idle(engine, thread, performed);
	} else {
		spin_restart_count(thread);
	}
}

/* To be called when a step has been closed: its thread may fall asleep, or may
 * have woken others. On the thread's own stack only while nobody is watched. */
static inline void spin_settle(struct engine *engine, struct thread *thread,
			       struct performed *performed)
{
	performed->idle =
		spin_is_idle(performed, thread) |
		(performed->failed & spin_passes(performed)) |
		(op_traits[performed->operation.op] & OP_TRAIT_QUEUES &&
		 spin_wakes_nobody(performed)) |
		spin_was_late(performed);
	if (engine->spins_awake)
		return;
	if (engine->runtime->state.spin_watched > 0 && !performed->idle)
		performed->idle = spin_wrote_back(engine, thread, performed);
	spin_settle_otherwise(engine, thread, performed);
}

/* The same of a step that has not failed, nor left what it updated as it was,
 * where the thread is about to do something, nobody is watched and the
 * execution goes on. */
static inline void spin_settle_plain(struct engine *engine,
				     struct thread *thread,
				     struct performed *performed)
{
	unsigned traits = op_traits[performed->operation.op];

	performed->idle = (traits & OP_TRAIT_LOOKS) != 0;
	if (!engine->spins_awake)
		spin_look(engine, thread, performed,
			  (traits & (OP_TRAIT_LOOKS | OP_TRAIT_PASSES)) != 0);
}

/* The same where the thread is about to do something, nobody is watched and the
 * execution goes on. */
static inline void spin_settle_steady(struct engine *engine,
				      struct thread *thread,
				      struct performed *performed)
{
	performed->idle = spin_is_idle(performed, thread);
	if (!engine->spins_awake)
		spin_look(engine, thread, performed, performed->idle);
}

/* A thread that has been woken performs its OP_AWAIT. */
void spin_go_on(struct engine *engine, struct thread *thread);

/* What it is about to do, asleep or not. */
const struct operation *spin_pending(const struct engine *engine,
				     const struct thread *thread);

/* Whether the thread in `slot`, which spins, could have been woken, among the
 * steps of the log before `before`, without the step `without` and what comes
 * after that one in all equivalent executions. */
struct order;
bool spin_is_woken_without(const struct engine *engine,
			   const struct order *order, uint32_t slot,
			   size_t before, size_t without,
			   const struct operation *await);

/* The window as memory to be saved, of a thread that is watched. */
struct piece spin_piece(const struct engine *engine,
			const struct thread *thread);

#endif
