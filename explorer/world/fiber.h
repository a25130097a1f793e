/*
 * Fibers: contexts, each on a stack of its own, that one thread switches
 * between.
 *
 *     engine's stack            fiber a                   fiber b
 *     fiber_switch(&e, &a) -->  ... runs ...
 *                               fiber_switch(&a, &b) -->  ... runs ...
 *     (goes on)            <--------------------------    fiber_switch(&b, &e)
 *
 * The one idea: a suspended fiber is nothing but a stack pointer and the bytes
 * of its stack from there up. fiber_switch pushes onto the stack whatever else
 * the fiber is made of and remembers where the stack ends. So whoever copies
 * the struct and the bytes from fiber_live_low() to the stack's upper end, and
 * later copies both back to the same places, has rewound the fiber:
 *
 *     stack_low                 fiber_live_low()                  upper end
 *     | guard | dead: never saved  | saved registers | frames ... | start |
 *
 * Three switches exist and exactly one is linked (the Makefile's FIBER):
 *
 *  - fiber_x86_64.S, fiber_aarch64.S: a few instructions, no system call. They
 *    save what the calling convention lets a function rely on: the callee-saved
 *    registers and the floating-point environment. fiber_init lays out
 *    by hand the stack of a fiber that is about to return into fiber_start.
 *    makecontext would do that too, but it records the whole state of its
 *    caller and asks the kernel for the signal mask; threads start in every
 *    execution, and a fresh fiber must not carry what its creator happened to
 *    have in its registers: two states that differ only in such leftovers
 *    would count as different.
 *  - fiber_ucontext.c, for every other machine: makecontext makes the stack,
 *    _setjmp and _longjmp switch.
 *    swapcontext would do two system calls for each switch there and back.
 *
 * Going straight from fiber to fiber, each by the same chain of calls, is
 * cheaper than it looks: the processor predicts returns from the calls made,
 * whatever stack they are on. By way of a third context (a scheduler with a
 * stack of its own) every return after a switch is mispredicted.
 *
 * Not part of a fiber, hence the caller's business: the thread pointer, the
 * signal mask (the same for all fibers), and what of the x87 unit no caller may
 * rely on (its registers are empty between calls, and emptied by fiber_jump).
 */
#ifndef EXPLORER_WORLD_FIBER_H
#define EXPLORER_WORLD_FIBER_H

#include <stddef.h>
#include <stdint.h>

/* Enough for any fiber's saved state; what entry needs comes on top of it. */
#define FIBER_STACK_BYTES_MIN 4096

/* A suspended fiber. Plain data: it may be copied, saved and restored. */
struct fiber {
	/* The lowest live byte of the stack. What lies there is the switch's
	 * own business. Meaningless while the fiber runs. */
	void *sp;
};

/*
 * From now on the flags of floating-point exceptions belong to each fiber, like
 * the rest of its floating-point environment. Without this call some may be
 * shared, as on x86-64 those of the x87 unit, which are slow to read: where
 * nobody looks at flags, nobody need pay. To be called before any fiber runs.
 */
void fiber_keep_flags(void);

/*
 * Makes `fiber` one that will, when first switched to, call entry(argument) on
 * the stack [stack_low, stack_low + stack_bytes), which the caller owns and
 * which may have been used before. entry must not return (that traps); it
 * leaves for good by fiber_jump, or by a fiber_switch whose *from is forgotten.
 * It starts with the floating-point environment of the caller of fiber_init, as
 * POSIX wants it of threads.
 *
 * With the assembly switches every general register but the argument's and
 * every 16-byte vector register is zero as well, the direction flag is clear,
 * and unwinders stop at entry. With ucontext the callee-saved registers are the
 * same for all fibers on a stack, and the others unspecified.
 *
 * Does no system call, except for ucontext the first time on each stack. For
 * ucontext a stack's upper end must also be left alone between its fibers,
 * or be zeroed: what the first fiber_init prepared there is used again.
 */
void fiber_init(struct fiber *fiber, void *stack_low, size_t stack_bytes,
		void (*entry)(void *), void *argument);

/* Suspends the caller into *from and goes on with `to`, which must be
 * suspended. Returns when somebody switches or jumps to *from. */
void fiber_switch(struct fiber *from, const struct fiber *to);

/* Goes on with `to` and forgets the caller: for a fiber that has ended,
 * crashed or is about to be rewound. Does not touch the caller's stack and
 * assumes nothing of the floating-point unit. With ucontext it may use a few
 * hundred bytes of the caller's stack. */
_Noreturn void fiber_jump(const struct fiber *to);

/* The frame pointer that a suspended fiber goes on with, and where; NULL and 0
 * where that is not known. */
static inline const void *fiber_frame_pointer(const struct fiber *fiber)
{
#if defined(__x86_64__)
	/* What the switch pushes; see fiber_x86_64.S. */
	return ((void *const *)fiber->sp)[6];
#else
	(void)fiber;
	return NULL;
#endif
}

static inline uintptr_t fiber_return_address(const struct fiber *fiber)
{
#if defined(__x86_64__)
	return ((const uintptr_t *)fiber->sp)[7];
#else
	(void)fiber;
	return 0;
#endif
}

/* The lowest address that must be saved of a suspended fiber's stack. Nothing
 * below it is live: no red zone survives the call of fiber_switch. */
static inline void *fiber_live_low(const struct fiber *fiber)
{
	return fiber->sp;
}

#endif
