/*
 * The tree of a search, as its messages tell it; and then with names.
 */
#ifndef EXPLORER_POOL_TREE_HEARD_H
#define EXPLORER_POOL_TREE_HEARD_H

#include "channel/tree_message.h"
#include "pool/found.h"
#include "trace/trace_tree.h"

struct heard_state;

/* Zeroed: nothing was heard.
 *
 * Invariant: path[0..depth) are the states that the search is below, each with
 * the branch that it took there last. */
struct tree_heard {
	struct heard_state *states;
	size_t count;
	size_t capacity;
	size_t *path;
	size_t depth;
	size_t path_capacity;
};

void tree_heard_fini(struct tree_heard *heard);
/* A new round begins: with another set of visible memory it is another tree. */
void tree_heard_clear(struct tree_heard *heard);

/* Returns -1 if the message does not make sense. */
int tree_heard_add(struct tree_heard *heard,
		   const struct tree_message *message);

/* *ret_tree is ended by tree_fini(). `whole`: the search came to its end. */
void tree_heard_name(const struct tree_heard *heard, const struct found *found,
		     bool whole, struct tree *ret_tree);

#endif
