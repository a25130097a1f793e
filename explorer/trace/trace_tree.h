/*
 * The tree of a search, named: every state that it came to, what it did there,
 * and what it left out, and why.
 */
#ifndef EXPLORER_TRACE_TRACE_TREE_H
#define EXPLORER_TRACE_TRACE_TREE_H

#include "trace/trace.h"

enum branch_kind {
	BRANCH_TAKEN,
	BRANCH_ASLEEP,	 /* explored from a state further up; the same here */
	BRANCH_NEEDLESS, /* no race asks for it: any order gives the same */
	BRANCH_BEYOND,	 /* beyond the bound */
	BRANCH_OPEN,	 /* the search was ended before its turn */
};

/* A step that is possible in a state. */
struct tree_branch {
	enum branch_kind kind;
	struct step step;
	size_t state; /* TAKEN: where it leads; ASLEEP: where it was taken */
};

/* Branches that were taken come first, in that order. */
struct tree_state {
	struct tree_branch *branches;
	size_t branch_count;
	char *end;	/* how the execution ended here: "x = 2"; else NULL */
	bool is_asleep; /* everything sleeps: no execution goes on here */
};

/* states[0] is the initial one. Zeroed is valid and empty. */
struct tree {
	struct tree_state *states;
	size_t state_count;
};

void tree_fini(struct tree *tree);

#endif
