/*
 * Data races: two threads access the same bytes, at least one of them writing,
 * and not both atomically, and nothing orders them.
 *
 * They are seen where two such operations are pending in one state: either
 * could come first. And they are seen in what an execution did, by what is
 * synchronised (epoch.h; a strategy may see to it by itself): the accesses may
 * never be pending at a time, since something that orders nothing, a relaxed
 * flag say, keeps them apart.
 */
#ifndef EXPLORER_ENGINE_RACE_H
#define EXPLORER_ENGINE_RACE_H

#include "engine/dependence.h"
#include "engine/engine.h"

struct order;

/* Looks for races of an event of the log with those before it, by what is
 * synchronised: for strategies that keep an order anyway. */
void race_check_event(struct engine *engine, const struct order *order,
		      size_t event);

/* Whether two operations, of threads that nothing orders, race. In one go:
 * which of the conditions fails is nothing that a processor could foresee. */
static inline bool operations_race(const struct operation *a,
				   const struct operation *b)
{
	unsigned both = op_traits[a->op] & op_traits[b->op];
	unsigned either = op_traits[a->op] | op_traits[b->op];

	if (a->op == OP_COPY || b->op == OP_COPY)
		return (both & OP_TRAIT_ACCESS) && accesses_conflict(a, b);
	return ((both & (OP_TRAIT_ACCESS | OP_TRAIT_ATOMIC)) ==
		OP_TRAIT_ACCESS) &
	       ((either & OP_TRAIT_WRITES) != 0) &
	       ranges_overlap(a->address, a->bytes, b->address, b->bytes);
}

/* The rare case of race_check_pair(). */
void race_see(struct engine *engine, const struct thread *a,
	      const struct thread *b, const uint64_t *words);

/* An operation's place and kind in a word. */
static inline uint64_t race_word(const struct operation *operation)
{
	return operation->place ^ (uint64_t)operation->op << 56;
}

/* Looks for a race of two pending operations. One is pending in state after
 * state: whether it is known to be on the path is asked together with whether
 * there is one, so that the jump is nearly never taken. */
static inline void race_check_pair(struct engine *engine,
				   const struct thread *a,
				   const struct thread *b)
{
	uint64_t one = race_word(&a->pending);
	uint64_t other = race_word(&b->pending);
	const uint64_t words[] = {one < other ? one : other,
				  one < other ? other : one};

	if (operations_race(&a->pending, &b->pending) &
	    !findings_are_seen(&engine->findings, words))
		race_see(engine, a, b, words);
}

/* Two events of the log race. Returns the finding's number. */
uint32_t race_see_events(struct engine *engine, size_t earlier, size_t later);

/* Looks for races of this thread's pending operation with those of others. */
void race_check(struct engine *engine, const struct thread *thread);

#endif
