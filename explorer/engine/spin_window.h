/*
 * What was seen of a thread that is watched lest it spins: its last steps, and
 * whether they are a round. See spin.h.
 */
#ifndef EXPLORER_ENGINE_SPIN_WINDOW_H
#define EXPLORER_ENGINE_SPIN_WINDOW_H

#include "engine/await.h"
#include "engine/engine.h"

#define SPIN_STEPS 48U

struct spin_step {
	struct operation operation; /* unused in the first of a window */
	uint64_t key;	 /* of what the thread is about to do behind it */
	uint64_t digest; /* of the thread behind it; 0: not to be compared */
	bool passes;	 /* it takes something, or releases it, or sleeps */
	bool would_wait; /* and does not look whether it is taken */
	bool changed;	 /* what it saw is otherwise since, by another thread */
};

/*
 * Of a thread with spin_watched. Invariants:
 * 1. count <= SPIN_STEPS; 0 until its first digest has been taken.
 * 2. `kept` is what it is about to do if OP_AWAIT is pending instead.
 * 3. Its last step wrote to memory if is_write; `before` is then a digest of
 *    what was there.
 */
struct spin_window {
	uint32_t count;
	uint32_t floor; /* no round goes back behind this step */
	uint32_t times; /* steps before the last that led to the same place */
	bool is_write;
	uint64_t before;
	struct spin_written written;
	struct operation kept;
	struct spin_step at[SPIN_STEPS];
};

/* Whether a step took or released something, or let time pass. */
static inline bool spin_passes(const struct performed *performed)
{
	return await_may_pass(&performed->operation);
}

/* Whether what it has done may be taken back within the round, or has been. */
static inline bool spin_has_passed(const struct performed *performed)
{
	return spin_passes(performed) && !performed->idle;
}

/* The same, where it would have waited for what somebody else has. */
static inline bool spin_would_wait(const struct performed *performed)
{
	return spin_has_passed(performed) &&
	       !await_is_try(&performed->operation);
}

/* The thread is about to do this when it is watched first. */
void spin_window_begin(struct spin_window *window,
		       const struct operation *pending);
/* Nothing that was seen so far counts. */
void spin_window_forget(struct spin_window *window);
/* The thread has made a step that a round may have. */
void spin_window_add(struct spin_window *window, const struct thread *thread,
		     const struct performed *performed);
/* Where the round begins that the last step ends: the number of its first step;
 * 0 if that ends none. */
uint32_t spin_window_round(const struct spin_window *window);
/* The thread sleeps behind that round, if it may. */
void spin_window_sleep(struct spin_window *window, struct thread *thread,
		       uint32_t first);
/* It has been woken: further rounds begin behind what has changed. */
void spin_window_raise(struct spin_window *window);

#endif
