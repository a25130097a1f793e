/*
 * x86-64 instructions, as far as compilers put them between two calls of the
 * instrumentation's hooks: address arithmetic, moves, calls. For each: how long
 * it is, what memory it writes, whom it calls.
 *
 * Everything else is refused rather than guessed at: prefixes of vector
 * extensions, string instructions, jumps, whatever moves the stack pointer. On
 * other machines everything is refused.
 */
#ifndef EXPLORER_RUNTIME_INSTRUCTION_H
#define EXPLORER_RUNTIME_INSTRUCTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum instruction_effect {
	INSTRUCTION_QUIET,  /* changes registers at most */
	INSTRUCTION_STORES, /* writes memory */
	INSTRUCTION_CALLS,
};

/* What the address of a store is relative to. */
enum instruction_base {
	INSTRUCTION_BASE_STACK, /* the stack pointer */
	INSTRUCTION_BASE_FRAME, /* the frame pointer */
	INSTRUCTION_BASE_OTHER, /* any other address at all */
};

struct instruction {
	size_t length; /* in bytes */
	enum instruction_effect effect;
	bool changes_frame; /* writes the frame pointer, or what serves as one
			     */

	/* Where it stores. displacement is meaningless for BASE_OTHER. */
	enum instruction_base base;
	int32_t displacement;
	size_t bytes;

	/* Whom it calls: directly, or through a pointer at a fixed place, such
	 * as the global offset table. */
	const uint8_t *target;
};

/* Decodes the instruction at `code`, of which only as many bytes are read as it
 * has. False if it is none of those known. */
bool instruction_decode(const uint8_t *code, struct instruction *ret_decoded);

#endif
