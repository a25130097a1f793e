/*
 * Wakeup trees. See wakeup.h.
 */
#include "strategy/wakeup.h"

#include <assert.h>

#include "base/memory.h"
#include "engine/dependence.h"
#include "runtime/barrier.h"

struct wakeup_branch {
	uint32_t event;	    /* its number in the forest's table */
	wakeup_tree behind; /* first child + 1 */
	uint32_t next;	    /* sibling + 1; of an unused one: the free list */
};

void wakes_fini(struct wakes *wakes)
{
	memory_free(wakes->at, wakes->capacity * sizeof(*wakes->at));
	*wakes = (struct wakes){0};
}

void wakes_clear(struct wakes *wakes)
{
	wakes->count = 0;
	wakes->slots = 0;
	wakes->others = false;
}

void wakes_reserve(struct wakes *wakes, size_t count)
{
	memory_reserve((void **)&wakes->at, &wakes->capacity, count,
		       sizeof(*wakes->at));
}

void wakes_add(struct wakes *wakes, const struct wake *wake)
{
	wakes_reserve(wakes, wakes->count + 1);
	wakes_put(wakes, wake);
}

static bool arrive_together(const struct wake *a, const struct wake *b)
{
	return a->operation.op == OP_BARRIER_ARRIVE &&
	       b->operation.op == OP_BARRIER_ARRIVE &&
	       a->operation.address == b->operation.address;
}

void wake_come_after(struct wake *wake, const struct wake *other)
{
	if (arrive_together(wake, other))
		wake->operation.detail = barrier_commuting(
			barrier_missing(&wake->operation) - 1);
}

/* Of threads that differ. Who arrives second must not be the last. */
static bool depends(const struct wake *a, const struct wake *b)
{
	if (arrive_together(a, b))
		return barrier_missing(&a->operation) < 3;
	return operations_conflict(&a->operation, &b->operation);
}

bool wakes_are_dependent(const struct wake *a, const struct wake *b)
{
	return a->slot == b->slot || depends(a, b);
}

/* Where in the list `wake` is, if it could come first; count if it is not in
 * the list and depends on nothing there; SIZE_MAX if it cannot come first. */
static size_t place_of_arrival(const struct wakes *list,
			       const struct wake *wake)
{
	struct wake arrival = *wake;

	for (size_t i = 0; i < list->count; i++) {
		const struct wake *other = &list->at[i];

		if (other->slot == arrival.slot)
			return other->alternative == arrival.alternative
				       ? i
				       : SIZE_MAX;
		if (depends(&arrival, other))
			return SIZE_MAX;
		wake_come_after(&arrival, other);
	}
	return list->count;
}

static bool has_slot(const struct wakes *list, const struct wake *wake)
{
	return list->slots >> wake->slot % 64 & 1;
}

typedef bool conflict_test(const struct operation *a,
			   const struct operation *b);

/* Made anew for each test that it is given. */
static inline __attribute__((always_inline)) size_t
place_by(conflict_test *conflict, const struct wakes *list,
	 const struct wake *wake)
{
	if (!has_slot(list, wake)) {
		/* From the end: what a list leads to is what most conflicts
		 * with. */
		for (size_t i = list->count; i-- > 0;)
			if (conflict(&list->at[i].operation, &wake->operation))
				return SIZE_MAX;
		return list->count;
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct wake *other = &list->at[i];

		if (other->slot == wake->slot)
			return other->alternative == wake->alternative
				       ? i
				       : SIZE_MAX;
		if (conflict(&other->operation, &wake->operation))
			return SIZE_MAX;
	}
	return list->count;
}

static __attribute__((noinline)) size_t place_of_any(const struct wakes *list,
						     const struct wake *wake)
{
	return wake->operation.op == OP_BARRIER_ARRIVE
		       ? place_of_arrival(list, wake)
		       : place_by(operations_conflict, list, wake);
}

/* Where nothing but memory is accessed. */
static inline size_t place_of_initial(const struct wakes *list,
				      const struct wake *wake)
{
	return list->others || !operation_is_access(&wake->operation)
		       ? place_of_any(list, wake)
		       : place_by(accesses_conflict, list, wake);
}

bool wakes_begin_with(const struct wakes *list, const struct wake *wake)
{
	return place_of_initial(list, wake) != SIZE_MAX;
}

bool wakes_may_start_with(const struct wakes *list, const struct wake *wake)
{
	return place_of_initial(list, wake) < list->count;
}

void forest_fini(struct wakeup_forest *forest)
{
	memory_free(forest->at, forest->capacity * sizeof(*forest->at));
	wake_table_fini(&forest->events);
	*forest = (struct wakeup_forest){0};
}

static const struct wake *wake_of(const struct wakeup_forest *forest,
				  uint32_t branch)
{
	return wake_table_at(&forest->events, forest->at[branch - 1].event);
}

static uint32_t new_branch(struct wakeup_forest *forest,
			   const struct wake *wake)
{
	uint32_t branch = forest->unused;

	if (branch) {
		forest->unused = forest->at[branch - 1].next;
	} else {
		memory_reserve((void **)&forest->at, &forest->capacity,
			       forest->count + 1, sizeof(*forest->at));
		branch = (uint32_t)++forest->count;
	}
	forest->at[branch - 1] = (struct wakeup_branch){
		.event = wake_table_keep(&forest->events, wake)};
	return branch;
}

static void free_branch(struct wakeup_forest *forest, uint32_t branch)
{
	wake_table_release(&forest->events, forest->at[branch - 1].event);
	forest->at[branch - 1].next = forest->unused;
	forest->unused = branch;
}

static void append(struct wakeup_forest *forest, wakeup_tree *tree,
		   uint32_t branch)
{
	wakeup_tree last = *tree;

	if (!last) {
		*tree = branch;
		return;
	}
	while (forest->at[last - 1].next)
		last = forest->at[last - 1].next;
	forest->at[last - 1].next = branch;
}

void forest_add_leaf(struct wakeup_forest *forest, wakeup_tree *tree,
		     const struct wake *wake)
{
	append(forest, tree, new_branch(forest, wake));
}

/* The list, as a chain. */
static uint32_t new_chain(struct wakeup_forest *forest,
			  const struct wakes *list)
{
	uint32_t behind = 0;

	for (size_t i = list->count; i > 0; i--) {
		uint32_t branch = new_branch(forest, &list->at[i - 1]);

		forest->at[branch - 1].behind = behind;
		behind = branch;
	}
	return behind;
}

/* What the first `count` of a list are once `other` has come before them. */
static void come_after(struct wakes *list, size_t count,
		       const struct wake *other)
{
	for (size_t i = 0; i < count; i++)
		wake_come_after(&list->at[i], other);
}

/* Takes an event out of a list that is being used up: what comes before it
 * moves, as there is least of that. */
static void take_out(struct wakes *list, size_t place)
{
	for (size_t i = place; i > 0; i--)
		list->at[i] = list->at[i - 1];
	list->at++;
	list->count--;
}

/* The first branch that the list could begin with, its event then taken out of
 * the list; 0 if there is none. */
static uint32_t fitting_branch(const struct wakeup_forest *forest,
			       wakeup_tree tree, struct wakes *list)
{
	for (uint32_t branch = tree; branch;
	     branch = forest->at[branch - 1].next) {
		const struct wake *wake = wake_of(forest, branch);
		size_t place = place_of_initial(list, wake);

		if (place == SIZE_MAX)
			continue;
		if (list->others)
			come_after(list, place, wake);
		if (place < list->count)
			take_out(list, place);
		return branch;
	}
	return 0;
}

void forest_insert(struct wakeup_forest *forest, wakeup_tree *tree,
		   struct wakes *whole)
{
	struct wakes list = *whole; /* what is left of it */
	uint32_t above = 0;
	wakeup_tree here = *tree;

	while (list.count > 0) {
		uint32_t branch = fitting_branch(forest, here, &list);

		if (!branch) {
			/* Made first: that may move the forest. */
			uint32_t chain = new_chain(forest, &list);

			append(forest,
			       above ? &forest->at[above - 1].behind : tree,
			       chain);
			return;
		}
		/* A leaf stands for everything that goes on from there. */
		if (!forest->at[branch - 1].behind)
			return;
		above = branch;
		here = forest->at[branch - 1].behind;
	}
}

void forest_insert_first(struct wakeup_forest *forest, wakeup_tree *tree,
			 const struct wakes *list)
{
	for (uint32_t branch = *tree; branch;
	     branch = forest->at[branch - 1].next)
		if (wakes_may_start_with(list, wake_of(forest, branch)))
			return;
	forest_add_leaf(forest, tree, &list->at[0]);
}

bool forest_has(const struct wakeup_forest *forest, wakeup_tree tree,
		const struct wake *wake)
{
	for (uint32_t branch = tree; branch;
	     branch = forest->at[branch - 1].next)
		if (wake_of(forest, branch)->slot == wake->slot &&
		    wake_of(forest, branch)->alternative == wake->alternative)
			return true;
	return false;
}

uint32_t forest_branches(const struct wakeup_forest *forest, wakeup_tree tree)
{
	uint32_t count = 0;

	for (uint32_t branch = tree; branch;
	     branch = forest->at[branch - 1].next)
		count++;
	return count;
}

wakeup_tree forest_take(struct wakeup_forest *forest, wakeup_tree *tree,
			struct wake *ret_wake)
{
	uint32_t branch = *tree;
	wakeup_tree behind = forest->at[branch - 1].behind;

	*ret_wake = *wake_of(forest, branch);
	*tree = forest->at[branch - 1].next;
	free_branch(forest, branch);
	return behind;
}

void forest_drop(struct wakeup_forest *forest, wakeup_tree tree)
{
	while (tree) {
		struct wake wake;

		forest_drop(forest, forest_take(forest, &tree, &wake));
	}
}

void forest_walk(const struct wakeup_forest *forest, wakeup_tree tree,
		 uint32_t depth, void *context,
		 void (*visit)(void *context, const struct wake *wake,
			       uint32_t depth))
{
	for (uint32_t branch = tree; branch;
	     branch = forest->at[branch - 1].next) {
		visit(context, wake_of(forest, branch), depth);
		forest_walk(forest, forest->at[branch - 1].behind, depth + 1,
			    context, visit);
	}
}

/* No sequence that is worth noting is longer. */
#define DEPTH_MAX (1U << 24)

void forest_load(struct wakeup_forest *forest, wakeup_tree *ret_tree,
		 uint64_t branches, struct reader *reader)
{
	uint32_t *path = NULL; /* the branch last read at each depth */
	size_t capacity = 0;
	uint32_t deepest = 0; /* that the next branch can be at */
	wakeup_tree tree = 0;

	for (uint64_t i = 0; i < branches; i++) {
		uint32_t depth = reader_u32(reader);
		const void *bytes = reader_bytes(reader, sizeof(struct wake));
		struct wake wake;
		uint32_t branch;

		if (reader->failed || depth > DEPTH_MAX || depth > deepest) {
			reader->failed = true;
			break;
		}
		__builtin_memcpy(&wake, bytes, sizeof(wake));
		branch = new_branch(forest, &wake);
		memory_reserve((void **)&path, &capacity, (size_t)depth + 1,
			       sizeof(*path));
		append(forest,
		       depth > 0 ? &forest->at[path[depth - 1] - 1].behind
				 : &tree,
		       branch);
		path[depth] = branch;
		deepest = depth + 1;
	}
	memory_free(path, capacity * sizeof(*path));
	*ret_tree = tree;
}
