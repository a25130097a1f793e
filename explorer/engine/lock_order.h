/*
 * Lock-order inversions: one thread takes lock b while it holds a, another
 * takes a while it holds b, and it went well this time. Seen in the execution
 * under way, as a finding that the command makes a warning of.
 */
#ifndef EXPLORER_ENGINE_LOCK_ORDER_H
#define EXPLORER_ENGINE_LOCK_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"

struct engine;

/* More locks than these are not looked at, of those that a thread holds when it
 * takes another. */
#define NESTED_HELD_MAX	   8U
#define NESTED_CALLERS_MAX 12U

struct nested_lock {
	uintptr_t address;
	uintptr_t place; /* where it was taken */
	uint64_t op;	 /* enum op, by which */
};

/* A thread takes a lock while it holds others. */
struct nesting {
	uint32_t thread;
	uint32_t held_count;
	struct nested_lock wanted;
	struct nested_lock held[NESTED_HELD_MAX];
	/* Who called what took it, the innermost first. */
	uint32_t caller_count;
	uintptr_t callers[NESTED_CALLERS_MAX];
	/* Together with others it could make a cycle. */
	bool is_suspect;
	/* The last step of this execution that did so, + 1; 0: none did. */
	size_t latest;
};

/* Undoes a change of `latest`. */
struct nesting_undo {
	uint32_t nesting;
	size_t latest; /* what it was before */
	size_t event;  /* that changed it */
};

/* Invariant: nestings[i].latest > 0 exactly for those that undos have an entry
 * for; undos are in increasing order of their events. */
struct lock_orders {
	struct nesting *nestings;
	size_t count;
	size_t capacity;
	struct map known; /* digest of a nesting -> its place + 1 */
	struct nesting_undo *undos;
	size_t undo_count;
	size_t undo_capacity;
	uint64_t scan_left; /* steps that may be looked at, this execution */
};

/* Has the runtime tell this engine of locks that are taken. */
void lock_order_listen(struct engine *engine);

/* The engine goes back to the state after `depth` steps. */
void lock_order_rewind(struct lock_orders *orders, size_t depth);

/* What is known of other rounds is of no use any more. */
void lock_order_clear(struct lock_orders *orders);

#endif
