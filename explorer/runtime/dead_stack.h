/*
 * What lies below the stack pointer of a green thread.
 *
 * Functions of ours that run there leave something behind, more or less of it
 * according to what the search knows already; and functions that leave gaps in
 * their frames, ours and the program's, would show it. But the same thread in
 * the same state is to be the same to the last byte. So what depends on what is
 * known is done further down, by a function that begins with DEAD_STACK_SKIP
 * and has hardly anything else on the stack: it leaves what is near as it was.
 * Not if it waits for its turn: all that would be part of what it waits with.
 */
#ifndef EXPLORER_RUNTIME_DEAD_STACK_H
#define EXPLORER_RUNTIME_DEAD_STACK_H

#include "runtime/runtime.h"

#define DEAD_STACK_SKIPPED 1024

/* What the function calls has its frames that much further down. */
#define DEAD_STACK_SKIP                                                        \
	do {                                                                   \
		uint8_t skipped[DEAD_STACK_SKIPPED];                           \
                                                                               \
		__asm__ volatile("" : : "r"(skipped));                         \
	} while (0)

/* Zeroes about a quarter of a kilobyte below the caller's frame. Of what the
 * caller itself has on the stack nothing changes. */
ON_FIBER void dead_stack_clean(void);

#endif
