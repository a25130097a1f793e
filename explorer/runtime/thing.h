/*
 * What threads can notice of each other and what is no memory: that a key is in
 * use, that a thread has ended, that it is to be cancelled.
 *
 * Most programs never notice. So these are learned as memory is (touch.h): each
 * has a number that looks like the address of eight bytes where nothing is; an
 * operation on it is no step unless two threads were seen that creating and
 * joining do not order, one of them changing it.
 */
#ifndef EXPLORER_RUNTIME_THING_H
#define EXPLORER_RUNTIME_THING_H

#include "runtime/memory.h"

#define THING_BYTES 8U
#define THING_SHIFT 20

static inline uintptr_t thing_address(enum thing thing, uint32_t number)
{
	return LAYOUT_THINGS + ((uintptr_t)thing << THING_SHIFT) +
	       (uintptr_t)number * THING_BYTES;
}

static inline bool thing_is(uintptr_t address)
{
	return (address - LAYOUT_THINGS) >> THING_SHIFT < THINGS;
}

static inline enum thing thing_of(uintptr_t address)
{
	return (enum thing)((address - LAYOUT_THINGS) >> THING_SHIFT);
}

static inline uint32_t thing_number(uintptr_t address)
{
	return (uint32_t)(address % ((uintptr_t)1 << THING_SHIFT) /
			  THING_BYTES);
}

/* Notes that the running thread looks at a thing, or changes it. Returns
 * whether it is visible: then the operation is to be announced. */
ON_FIBER bool thing_note(struct runtime *runtime, uintptr_t address,
			 bool change, uintptr_t place);

#endif
