/*
 * What lies below the stack pointer. See dead_stack.h.
 */
#include "runtime/dead_stack.h"

#include <stdint.h>

#define WORDS 32U

ON_FIBER void dead_stack_clean(void)
{
	uint64_t words[WORDS];

	/* No call: that would leave where to return to. */
	for (unsigned i = 0; i < WORDS; i++)
		words[i] = 0;
	__asm__ volatile("" : : "r"(words) : "memory");
}
