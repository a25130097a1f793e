/*
 * The new fiber's stack, for the assembly switches: a frame as fiber_switch
 * would have left it, that returns into fiber_start.
 */
#include "world/fiber.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "world/fiber_frame.h"

#ifndef FIBER_UCONTEXT

/* In assembly; reached by returning into it, never called. */
void fiber_start(void);

void fiber_init(struct fiber *fiber, void *stack_low, size_t stack_bytes,
		void (*entry)(void *), void *argument)
{
	assert(stack_bytes >= FIBER_STACK_BYTES_MIN);

	uintptr_t top = ((uintptr_t)stack_low + stack_bytes) & ~(uintptr_t)15;
	uint64_t *frame =
		(uint64_t *)top - FIBER_START_WORDS - FIBER_FRAME_WORDS;

	memset(frame, 0, top - (uintptr_t)frame);
	frame[FIBER_FRAME_CONTROL] = FIBER_CONTROL_DEFAULT;
	frame[FIBER_FRAME_RETURN] = (uintptr_t)fiber_start;
	frame[FIBER_START_ENTRY] = (uintptr_t)entry;
	frame[FIBER_START_ARGUMENT] = (uintptr_t)argument;
	fiber->sp = frame;
}

#endif
