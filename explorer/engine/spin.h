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
 * that failed, an update that left the value as it was. A thread is watched
 * from when it makes idle steps and is about to repeat one. Of a watched thread
 * a window is kept: its last steps, and a digest of what it was like after each
 * (its stack, registers included, and what it is about to do). The window
 * begins anew where the thread writes, be it privately. Where another thread
 * changes what a step of the window looked at, that step is stale. Who sleeps
 * after a round with a stale step is woken at once: it makes no difference
 * whether the change came before the end of the round or after it. Where the
 * thread goes on, the window begins behind the last stale step.
 *
 *     digest 0 -- read a -- digest 1 -- read b -- digest 0
 *                                 another writes a; the thread goes on with
 *                           digest 1 -- read b -- digest 0
 *
 * What lies in dead places of a live stack depends on what ran there before,
 * the search itself included. So the digest counts from when the thread is
 * about to do something for the second time: by then the places that its rounds
 * write have been written, and the others stay as they are.
 *
 * The thread is back where it was if its newest digest equals an older one in
 * the window; the steps in between are the round.
 *
 * Why reduction may treat OP_AWAIT as an operation like any other. All of this
 * is settled by what the thread does and by how operations that depend on each
 * other are ordered: a step that changes what a round looked at depends on the
 * round's step, and so comes before or after it in all equivalent executions
 * alike. Whether a thread sleeps is therefore the same after equivalent
 * executions: it depends on nothing but what it has seen itself. Who wakes it
 * depends on its OP_AWAIT, which stands for the very bytes and objects of the
 * round.
 *
 * A round may look at nothing that is visible: nobody is known to write it. It
 * is woken by whatever step of another thread may have done so privately; the
 * bytes are then visible in the next round of the search.
 *
 * Not seen: private writes by code that was built without the hooks. A round of
 * more than SPIN_STEPS steps, or that looks at more than two places that do not
 * touch, is no reason to sleep: the thread then runs on.
 */
#ifndef EXPLORER_ENGINE_SPIN_H
#define EXPLORER_ENGINE_SPIN_H

#include "engine/dependence.h"
#include "engine/engine.h"

#define SPIN_STEPS 32U
/* A thread that repeats nothing in so many idle steps is let alone. */
#define SPIN_LOOKS 64U
/* Nor is one with more on its stack: a digest of it would take too long. */
#define SPIN_STACK_MAX ((uintptr_t)1 << 16)

struct spin_step {
	struct operation operation; /* unused in the first of a window */
	uint64_t digest; /* of the thread behind it; 0: not to be compared */
	bool stale; /* since then, another thread has changed what it looked at
		     */
};

/*
 * Of a thread with spin_watched. Invariants:
 * 1. count <= SPIN_STEPS; 0 until its first digest has been taken.
 * 2. `kept` is what it is about to do if OP_AWAIT is pending instead.
 */
struct spin_window {
	uint32_t count;
	uint32_t seen_count;
	struct operation kept;
	uint64_t seen[SPIN_LOOKS]; /* digests of what was pending */
	struct spin_step at[SPIN_STEPS];
};

/* A step has changed something, while threads are watched; or it has not. */
void spin_see_change(struct engine *engine, struct thread *thread,
		     const struct performed *performed);
void spin_see_idle(struct engine *engine, struct thread *thread,
		   const struct performed *performed);

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

/* Nobody is watched, and the thread is about to do something: is it to be
 * watched from now on? */
static inline void spin_look(struct engine *engine, struct thread *thread,
			     const struct performed *performed)
{
	if (performed->idle & spin_repeats(thread, performed))
		spin_see_idle(engine, thread, performed);
	else
		spin_count(thread, performed->idle);
}

/* To be called when a step has been closed: its thread may fall asleep, or may
 * have woken others. On the thread's own stack only while nobody is watched. */
static inline void spin_settle(struct engine *engine, struct thread *thread,
			       struct performed *performed)
{
	performed->idle = spin_is_idle(performed, thread);
	if (engine->spins_awake)
		return;
	if (engine->runtime->state.spin_watched > 0) {
		if (performed->idle)
			spin_see_idle(engine, thread, performed);
		else
			spin_see_change(engine, thread, performed);
	} else if (thread->state == THREAD_PENDING && !engine->ended) {
		spin_look(engine, thread, performed);
	} else if (performed->idle) {
		spin_see_idle(engine, thread, performed);
	} else {
		spin_restart_count(thread);
	}
}

/* The same where the thread is about to do something, nobody is watched and the
 * execution goes on. */
static inline void spin_settle_steady(struct engine *engine,
				      struct thread *thread,
				      struct performed *performed)
{
	performed->idle = spin_is_idle(performed, thread);
	if (!engine->spins_awake)
		spin_look(engine, thread, performed);
}

/* A thread that has been woken performs its OP_AWAIT. */
void spin_go_on(struct engine *engine, struct thread *thread);

/* What it is about to do, asleep or not. */
const struct operation *spin_pending(const struct engine *engine,
				     const struct thread *thread);

/* Whether a thread that spins, and is about to perform `await` after `before`
 * steps of the log, would have been woken without the step `without` and what
 * comes after that one in all equivalent executions. */
struct order;
bool spin_is_woken_without(const struct engine *engine,
			   const struct order *order, uint32_t slot,
			   size_t before, size_t without,
			   const struct operation *await);

/* The window as memory to be saved, of a thread that is watched. */
struct piece spin_piece(const struct engine *engine,
			const struct thread *thread);

#endif
