/*
 * The state that a search is at, as the numbers of its components: from which
 * steps that are known (local_steps.h) are made without the program.
 *
 *     search   s0 ── s1 ── s2 ── s3 ── s4        what the search stands at
 *     engine   s0 ── s1                          what the program stands at
 *
 * The program follows when something is to be done that is not known: a step
 * that was never made with these components and this value; an operation that
 * is no access to little visible memory; an end. It goes along the path, so it
 * never is anywhere else than on it.
 *
 * Why a step depends on nothing else. It makes one access, which reads that
 * value, and then goes on silently: through the thread's own stack, and through
 * memory that nobody else accesses at that time. If it has ever read another
 * thread's stack, that is part of the rest (runtime/lent.h); if it asked about
 * another thread, or called what is not under control, it is not kept. If it
 * changed more than its own component, the rest, and the bytes that it
 * accessed, neither.
 */
#ifndef EXPLORER_STRATEGY_COLLAPSED_H
#define EXPLORER_STRATEGY_COLLAPSED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "engine/state.h"
#include "strategy/components.h"
#include "strategy/local_steps.h"

/* A choice, with what the search asks of it. */
struct candidate {
	struct choice choice;
	uint16_t slot;
	bool may_sleep;
};

/* A line of memory with visible bytes, as the state has it. */
struct visible_line {
	uint8_t bytes[LINE_BYTES];
	struct digest digest;
	uint8_t *line;		  /* in the program */
	uint8_t mask[LINE_BYTES]; /* of the visible bits */
};

struct collapsed_level;
struct component_note;
struct line_note;

/* Invariant: while it is on, levels[level_count - 1] is the state that the
 * search is at, and what was noted since it began leads back to the one below.
 */
struct collapsed {
	bool on;
	uint32_t generation;  /* never 0 while it is on */
	struct digest digest; /* of the state */
	uint32_t rest;
	uint32_t at[THREADS_MAX]; /* components by thread number */
	uint16_t slots[THREADS_MAX];
	uint32_t thread_count;
	struct components components;
	struct local_steps steps;
	struct visible_line *lines;
	size_t line_count;
	size_t line_capacity;
	struct map line_numbers; /* line -> number + 1 */
	/* By granule: its line's number, and where in that it lies. */
	uint32_t *granule_places;
	size_t granule_count;
	size_t granule_capacity;
	/* Choices of threads that have no access pending, of each level. */
	struct candidate *others;
	size_t other_count;
	size_t other_capacity;
	struct collapsed_level *levels;
	size_t level_count;
	size_t level_capacity;
	struct component_note *component_notes;
	size_t component_note_count;
	size_t component_note_capacity;
	struct line_note *line_notes;
	size_t line_note_count;
	size_t line_note_capacity;
	uint64_t version; /* of what is visible and lent */
	bool no_races;	  /* are looked for */
	/* What a step of the program has changed, by thread. */
	struct digest changes[THREADS_MAX];
	uint16_t changed[THREADS_MAX];
	uint32_t changed_count;
	/* Whether it is worth while: steps made by the program, and known
	 * ones, of late; and how many are still to be made without it. */
	uint32_t made;
	uint32_t recalled;
	uint32_t pause;
	uint32_t last_pause;
};

void collapsed_init(struct collapsed *collapsed);
void collapsed_fini(struct collapsed *collapsed);

/* Forgets where it is, and with the second also what it knows. */
void collapsed_leave(struct collapsed *collapsed);
void collapsed_forget(struct collapsed *collapsed);

/* The search is where the engine is, in a state with that digest, which was
 * kept. Does nothing if it is on, or not worth while. */
void collapsed_begin(struct collapsed *collapsed, const struct states *states,
		     const struct engine *engine, struct digest digest);

/* What a step of that thread does, in the state that the search is at; NULL if
 * the program has to make it. *ret_digest: of the state behind. Valid until
 * something is added to what is known: while `generation` is the same. */
const struct local_step *collapsed_recall(struct collapsed *collapsed,
					  uint16_t thread,
					  struct digest *ret_digest);
/* Whether the program has to see the state behind the step, if that is new:
 * who races, who waits for whom, what is possible. */
bool collapsed_must_see(struct collapsed *collapsed, uint16_t thread,
			const struct local_step *step);
/* Goes there, a level more. */
void collapsed_go(struct collapsed *collapsed, uint16_t thread,
		  const struct local_step *step, struct digest digest);

/* The engine has made a step from the state that the search is at, which was
 * looked at; it is not kept yet. A level more. `known`: what was expected of
 * the step, and the digest of the state behind it, to be compared; NULL:
 * nothing was. */
void collapsed_see(struct collapsed *collapsed, const struct states *states,
		   const struct engine *engine, uint16_t thread,
		   const struct local_step *known, struct digest expected);

/* Goes back to the level below; if there is none, it is on no more. */
void collapsed_back(struct collapsed *collapsed);

/* Of those asleep, who does not conflict with what the thread is about to do.
 */
sleeper_set collapsed_independent(struct collapsed *collapsed,
				  sleeper_set asleep, uint16_t thread);

/* Of a thread. */
static inline const struct component *
collapsed_component(const struct collapsed *collapsed, uint32_t thread)
{
	return &collapsed->components.at[collapsed->at[thread]];
}

/* What is possible, the thread that moved last first, as the engine has it:
 * CHOICES_MAX at most. Returns how many. */
uint32_t collapsed_candidates(const struct collapsed *collapsed,
			      struct candidate *ret_candidates);

uint64_t collapsed_bytes(const struct collapsed *collapsed);

#endif
