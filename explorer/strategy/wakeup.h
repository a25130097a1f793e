/*
 * Wakeup trees: what is still to be explored at a node of the search, as an
 * ordered tree of events (Abdulla, Aronis, Jonsson, Sagonas, "Source Sets: A
 * Foundation for Optimal Dynamic Partial Order Reduction", JACM 2017).
 *
 *     node ─┬─ a ─── b          first explore a, then b, then freely;
 *           └─ c ─┬─ a          then c, then a, then freely;
 *                 └─ d          then c, then d, then freely
 *
 * An event is (thread, alternative of its operation); threads go by their slot,
 * which is the same in every execution.
 */
#ifndef EXPLORER_STRATEGY_WAKEUP_H
#define EXPLORER_STRATEGY_WAKEUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "engine/dependence.h"
#include "strategy/wake_table.h"

/* A list of events in order. Zeroed is valid and empty. */
struct wakes {
	struct wake *at;
	size_t count;
	size_t capacity;
	uint64_t slots; /* those not in it are in none of the list's events:
			 * a bit for each, modulo 64 */
	bool others;	/* some may be no accesses to memory */
};

void wakes_fini(struct wakes *wakes);
void wakes_clear(struct wakes *wakes);
/* Makes room for so many in all. */
void wakes_reserve(struct wakes *wakes, size_t count);
void wakes_add(struct wakes *wakes, const struct wake *wake);
/* The same where there is room. */
static inline void wakes_put(struct wakes *wakes, const struct wake *wake)
{
	wakes->at[wakes->count++] = *wake;
	wakes->slots |= UINT64_C(1) << (wake->slot % 64);
	wakes->others |= !operation_is_access(&wake->operation);
}

/* Whether the order of two events can matter that are possible in the same
 * state. */
bool wakes_are_dependent(const struct wake *a, const struct wake *b);

/* What `wake` is once `other`, which does not depend on it, has come before
 * it: of an arrival at a barrier, one less is missing then. */
void wake_come_after(struct wake *wake, const struct wake *other);

/* Whether an execution that begins with `wake` can be equivalent to one that
 * begins with the list: a weak initial. */
bool wakes_begin_with(const struct wakes *list, const struct wake *wake);

/* Whether it does, and is in the list: an initial. */
bool wakes_may_start_with(const struct wakes *list, const struct wake *wake);

/* A tree is the number of its first branch + 1; 0: empty. */
typedef uint32_t wakeup_tree;

struct wakeup_branch;

/* Where branches live: one forest for all nodes of a search. */
struct wakeup_forest {
	struct wakeup_branch *at;
	size_t count;
	size_t capacity;
	uint32_t unused; /* first branch of the free list + 1 */
	struct wake_table events;
};

void forest_fini(struct wakeup_forest *forest);

/* Inserts the list into *tree, unless the tree leads to an equivalent execution
 * anyway. The list is used up. */
void forest_insert(struct wakeup_forest *forest, wakeup_tree *tree,
		   struct wakes *list);

/* Adds the first event of the list alone, unless an initial of the list is
 * there. */
void forest_insert_first(struct wakeup_forest *forest, wakeup_tree *tree,
			 const struct wakes *list);

/* Adds a branch without anything behind it, as the last one. */
void forest_add_leaf(struct wakeup_forest *forest, wakeup_tree *tree,
		     const struct wake *wake);

/* Whether the tree's root has a branch of this thread and alternative. */
bool forest_has(const struct wakeup_forest *forest, wakeup_tree tree,
		const struct wake *wake);

/* How many branches the tree's root has. */
uint32_t forest_branches(const struct wakeup_forest *forest, wakeup_tree tree);

/* Takes the first branch off a tree that is not empty: its event, and the tree
 * behind it. */
wakeup_tree forest_take(struct wakeup_forest *forest, wakeup_tree *tree,
			struct wake *ret_wake);

/* Gives back all branches of a tree. */
void forest_drop(struct wakeup_forest *forest, wakeup_tree tree);

/* The branches of a tree, for saving: each with its depth (0: of the root) in
 * the order of a walk from first to last. */
void forest_walk(const struct wakeup_forest *forest, wakeup_tree tree,
		 uint32_t depth, void *context,
		 void (*visit)(void *context, const struct wake *wake,
			       uint32_t depth));

/* The reverse: reads so many branches, each its depth (u32) and its bytes. A
 * malformed one sets reader->failed. */
void forest_load(struct wakeup_forest *forest, wakeup_tree *ret_tree,
		 uint64_t branches, struct reader *reader);

#endif
