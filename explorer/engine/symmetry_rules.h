/*
 * What threads that are to be alike must not do (symmetry.h): which threads may
 * be members of a group, and what tells them apart.
 */
#ifndef EXPLORER_ENGINE_SYMMETRY_RULES_H
#define EXPLORER_ENGINE_SYMMETRY_RULES_H

#include "base/map.h"
#include "channel/message.h"
#include "engine/engine.h"

/* Threads with a slot from 1 to below this may be members. */
#define SYMMETRY_SLOTS 32U

struct member_context;

struct symmetry_rules {
	struct runtime *runtime;
	enum asymmetry found;
	struct map ids;	    /* granules in which ids of threads were seen */
	struct map values;  /* group -> what its members return + 1 */
	struct map noticed; /* context + 1 -> 1, of those in the list */
	struct member_context *contexts;
	size_t context_count;
	size_t context_capacity;
};

void symmetry_rules_fini(struct symmetry_rules *rules);
/* What was found to tell members apart stays found. */
void symmetry_rules_begin(struct symmetry_rules *rules,
			  struct runtime *runtime);

/* The group that the thread belongs to, not 0: created by the same thread to
 * do the same. */
uint64_t symmetry_group(const struct runtime_state *state,
			const struct thread *thread);
/* The slots of threads that are members of a group with others: a set. */
uint32_t symmetry_members(const struct runtime_state *state);

/* A thread's id lies there. */
void symmetry_rules_note_id(struct symmetry_rules *rules, uintptr_t address);

/* As symmetry_check() and symmetry_learn(). */
enum asymmetry symmetry_rules_check(struct symmetry_rules *rules,
				    const struct engine *engine);
void symmetry_rules_learn(struct symmetry_rules *rules);

#endif
