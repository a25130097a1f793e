/*
 * How far along an object of POSIX threads is: a mark that its init and its
 * destroy leave in it.
 *
 * An object that is all zero bears none, as statically initialised ones do. The
 * mark says of which block of the heap the object was part, so that memory that
 * is handed out again is told from an object that is initialised twice. On a
 * stack it says in which frame the object lay, by who called whom, and where it
 * was initialised: the same again in the same place may be the function called
 * once more, which is silent; elsewhere it is a second time.
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

/* The upper half of a mark; numbers that are unlikely in memory. */
#define MARK_READY     UINT64_C(0x6c69766500000000)
#define MARK_DESTROYED UINT64_C(0x6465616400000000)
#define MARK_UPPER     UINT64_C(0xffffffff00000000)

static inline enum life mark_life(uint64_t mark)
{
	if (mark == 0)
		return LIFE_PLAIN;
	if ((mark & MARK_UPPER) == MARK_READY)
		return LIFE_READY;
	if (mark == MARK_DESTROYED)
		return LIFE_DESTROYED;
	return LIFE_UNKNOWN;
}

/* The mark that init, which the running thread performs, leaves in the object
 * at `address`. */
ON_FIBER uint64_t mark_ready(const struct runtime *runtime, uintptr_t address);
uint64_t mark_destroyed(void);
/* Whether the object was initialised, and is the same one still. */
ON_FIBER bool mark_is_same(const struct runtime *runtime, uintptr_t address,
			   uint64_t mark);

/* For objects that have no room for a mark: which one it is that is initialised
 * at an address now. On a stack the upper half is the frame, 0 if that cannot
 * be told, and the lower half the place. */
ON_FIBER uint32_t mark_identity(const struct runtime *runtime,
				uintptr_t address);

/* What an operation but init finds wrong with an object's mark is said, and
 * true returned. */
ON_FIBER bool mark_check(struct runtime *runtime, uint64_t mark);

#endif
