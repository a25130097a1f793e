/*
 * How far along an object of POSIX threads is: a mark that its init and its
 * destroy leave in it.
 *
 * An object that is all zero bears none, as statically initialised ones do. The
 * mark says of which block of the heap the object was part, so that memory that
 * is handed out again is told from an object that is initialised twice. Of an
 * object on a stack that cannot be told: who called may have returned.
 */
#ifndef EXPLORER_RUNTIME_MARK_H
#define EXPLORER_RUNTIME_MARK_H

#include "runtime/runtime.h"

enum life {
	LIFE_PLAIN, /* bears no mark */
	LIFE_READY,
	LIFE_DESTROYED,
	LIFE_UNKNOWN, /* bears what is no mark */
};

enum life mark_life(uint64_t mark);
/* The mark that init leaves in the object at `address`. */
uint64_t mark_ready(const struct runtime *runtime, uintptr_t address);
uint64_t mark_destroyed(void);
/* Whether the object was initialised, and is the same one still. */
bool mark_is_same(const struct runtime *runtime, uintptr_t address,
		  uint64_t mark);

/* What an operation but init finds wrong with an object's mark is said, and
 * true returned. */
ON_FIBER bool mark_check(struct runtime *runtime, uint64_t mark);

#endif
