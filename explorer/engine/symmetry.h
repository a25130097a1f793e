/*
 * Threads that might as well be each other: states that differ only in which of
 * them stands where are one.
 *
 * A group is of threads that the same thread has created to run the same
 * function on the same argument, and that nobody has joined yet. What a member
 * is, apart from which one: the live part of its stack with the registers, its
 * heap, what the runtime keeps of it, and the locks that it holds, where
 * addresses of its own count from where its part of memory begins. The digest
 * of a state is the sum of what is shared and, for each member, a digest of
 * that; so which member it is of makes no difference.
 *
 *     plain digest = pages ^ stack 0 ^ stack 1 ^ stack 2 ^ ...
 *     here         = pages ^ stack 0 + mix(member 1) + mix(member 2) + ...
 *
 * That is sound where nothing else tells members apart. The ids that their
 * creator keeps do not, as long as nobody uses them but to join all of them,
 * one after the other, for a value that is the same. So it is looked for what
 * is not like that, in each state that is come to: to an execution that leads
 * to such a state one of those that are searched is alike until then, and comes
 * to one as well. Found, it is the reason to search without.
 *
 * A state in which memory refers to a member in a way that is not understood,
 * by an address on its stack say, is known by its plain digest, which is sound
 * in any case.
 *
 * What a program makes of the numbers that addresses are is not looked at: one
 * that goes by them has no members that are alike (nor does it do the same
 * twice when it is run natively).
 */
#ifndef EXPLORER_ENGINE_SYMMETRY_H
#define EXPLORER_ENGINE_SYMMETRY_H

#include "channel/message.h"
#include "engine/engine.h"
#include "world/shadow.h"

struct symmetry;

/* What it reads of the search's states. The traits of threads lie `stride`
 * apart from each other, by number. */
struct symmetry_sources {
	const struct thread *live_mask; /* which bits of a thread count */
	const struct thread *ended_mask;
	const uint8_t *traits;
	size_t traits_bytes;
	size_t stride;
};

struct symmetry *symmetry_new(const struct symmetry_sources *sources);
void symmetry_free(struct symmetry *symmetry);

/* What its tables take. */
uint64_t symmetry_bytes(const struct symmetry *symmetry);

/* The engine is in the initial state. Has the shadow tell of what changes. */
void symmetry_begin(struct symmetry *symmetry, struct engine *engine,
		    struct shadow *shadow);

/* Before and after the state of that level is looked at. */
void symmetry_open(struct symmetry *symmetry, size_t level);
void symmetry_close(struct symmetry *symmetry, size_t level);

/* The digest of the state looked at last, whose plain one that is. `marked`: a
 * thread that stands out, by number; NO_THREAD. */
struct digest symmetry_digest(struct symmetry *symmetry,
			      const struct engine *engine, struct digest plain,
			      uint32_t marked);

/* Looks for what tells members apart in this state; stays what it once was. */
enum asymmetry symmetry_check(struct symmetry *symmetry,
			      const struct engine *engine);

/* To whatever one member has touched others may come as well: has it learned
 * what is visible then. */
void symmetry_learn(struct symmetry *symmetry);

#endif
