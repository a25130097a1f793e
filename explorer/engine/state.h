/*
 * States of the program that one can come back to without repeating steps, and
 * that one can recognise.
 *
 *     depth 0       depth 1        depth 2
 *     begin, keep ──step──> keep ────────step──> drop      a level each
 *       o                     o  <────── drop ────┘
 *       <──────── back ───────┘
 *
 * A level is what has changed since the one below (world/shadow.h) and a digest
 * of the state, kept up to date by the same changes. Two states have the same
 * digest if whatever can happen from here on is the same: what is in memory, on
 * the live part of the stacks and in the registers, what each thread is about
 * to do, and what was written so far. Not how one came here: neither how many
 * steps were made nor in which order threads were created, nor what lies on
 * dead stacks. The order that creates and joins make does belong to it, as what
 * becomes visible depends on it.
 */
#ifndef EXPLORER_ENGINE_STATE_H
#define EXPLORER_ENGINE_STATE_H

#include "engine/engine.h"
#include "world/shadow.h"

struct state_options {
	/* What was written does not tell states apart. */
	bool ignore_output;
	/* Whether a thread has just yielded does: a bound counts it. */
	bool with_yields;
	/* See symmetry.h. */
	bool with_symmetry;
};

struct state_level;
struct states;

struct states *states_new(const struct state_options *options);
void states_free(struct states *states);

/* Goes to the program's initial state, and looks at it: level 0, if it is
 * kept. */
void states_begin(struct states *states, struct engine *engine);

/* Makes a step and looks at the state that it has led to. What comes next is to
 * keep or to drop it. In two parts: after the first, if that returns true, the
 * digest is most likely known, so that what is kept of the state can be on its
 * way from memory; for certain it is after the second. */
bool states_begin_step(struct states *states, struct engine *engine,
		       struct choice choice);
void states_end_step(struct states *states, struct engine *engine);

/* --- By thread, for whoever takes states apart (strategy/collapsed.h) */

/* The number of the thread whose own a line of the shadow is: of its stack, or
 * of what the runtime keeps of it; THREADS_MAX: nobody's. */
uint32_t states_owner(const struct states *states, const struct engine *engine,
		      const uint8_t *line);
/* What all these of a thread add to the digest, in a state that was kept. */
struct digest states_thread_digest(const struct states *states,
				   const struct thread *thread);
const struct shadow *states_shadow(const struct states *states);
/* Whether the step looked at last changed nothing but memory; and whether it
 * let nobody go on but its thread. */
bool states_step_is_quiet(const struct states *states);
bool states_step_is_alone(const struct states *states);

/* Of the state looked at last. */
struct digest states_digest(const struct states *states);
/* What the tables of symmetry take. */
uint64_t states_symmetry_bytes(const struct states *states);
/* With symmetry: the same for states that are alike, and what was found to tell
 * threads apart in it. `marked`: as symmetry_digest(). */
struct digest states_symmetric_digest(struct states *states,
				      const struct engine *engine,
				      uint32_t marked);
enum asymmetry states_check_symmetry(struct states *states,
				     const struct engine *engine);
/* What one thread has touched others may touch. */
void states_learn_by_symmetry(struct states *states);
/* From the next states_begin() on without. */
void states_forgo_symmetry(struct states *states);
/* Appends all that this digest is made of. */
void states_image(const struct states *states, const struct engine *engine,
		  struct buffer *image);

/* It becomes the topmost level. */
void states_keep(struct states *states);
/* The step is taken back; this costs less than to keep it and to go back. */
void states_drop(struct states *states, struct engine *engine);

/* Goes back from the topmost level to the one below. */
void states_back(struct states *states, struct engine *engine);

#endif
