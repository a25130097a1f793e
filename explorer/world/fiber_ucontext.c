/*
 * The portable switch: makecontext makes the stack, _setjmp and _longjmp
 * switch. None of them saves the floating-point modes, so fenv.h does.
 *
 * A suspended fiber's sp points to the address of a `struct saved` further up
 * on its stack. glibc disguises the stack pointer and the program counter
 * inside a jmp_buf with a secret that is fixed for the life of the process, so
 * that copying one away and back is fine.
 *
 * makecontext and setcontext ask the kernel about the signal mask, _setjmp and
 * _longjmp do not. So each stack goes through makecontext once, up to a place
 * in launch() to which every further fiber_init on that stack makes the new
 * fiber go back:
 *
 *     fiber_init, first time           fiber_init, later
 *       getcontext, makecontext          entry, argument := ...
 *       setcontext --> launch()          sp := that of the first time
 *                        _setjmp         ...
 *       <-- _longjmp ----'               fiber_switch --> launch()
 *                                                           entry(argument)
 *
 * launch() never returns, so its frame and what it saved stay good.
 */

/* Fortified longjmp takes a jump to another stack for an attack. */
#undef _FORTIFY_SOURCE

#include "world/fiber.h"

#include <assert.h>
#include <fenv.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>

struct environment {
	femode_t modes;
	fexcept_t flags;
};

struct saved {
	jmp_buf registers;
	struct environment environment;
};

/*
 * The upper end of every stack.
 *
 * Invariants, once fiber_init has returned:
 *  1. self is the struct's own address and low the stack's: on a stack that was
 *     never prepared, or whose bytes come from elsewhere, one of them differs.
 *  2. `ready` was saved by launch(), which runs on this stack and has not
 *     returned.
 *  3. launch()'s frame begins at frame_low and is untouched; `leave`, which
 *     it called, left the fiber's first sp below that.
 */
struct launch {
	const struct launch *self;
	const void *low;
	void (*entry)(void *);
	void *argument;
	struct environment environment;
	const struct fiber *preparer;
	struct fiber prepared;
	char *frame_low;
	struct saved ready;
};

static bool keeps_flags;

void fiber_keep_flags(void)
{
	keeps_flags = true;
}

static void save_environment(struct environment *environment)
{
	memset(environment, 0, sizeof *environment);
	fegetmode(&environment->modes);
	if (keeps_flags)
		fegetexceptflag(&environment->flags, FE_ALL_EXCEPT);
}

/* Setting it is slow, and it nearly always is as it should be. Setting only the
 * modes can trap: flags may be set that were masked and are no longer. */
static void restore_environment(const struct environment *environment)
{
	struct environment now;

	save_environment(&now);
	if (memcmp(&now.modes, &environment->modes, sizeof now.modes) == 0 &&
	    memcmp(&now.flags, &environment->flags, sizeof now.flags) == 0)
		return;
	fesetenv(FE_DFL_ENV);
	fesetmode(&environment->modes);
	fesetexceptflag(&environment->flags, FE_ALL_EXCEPT);
}

_Noreturn void fiber_jump(const struct fiber *to)
{
	struct saved *const *state = to->sp;

	_longjmp((*state)->registers, 1);
}

/*
 * Suspends the caller, who has just saved itself, and goes on with `to`. A
 * function of its own, never inlined: its frame lies below the whole of the
 * caller's, however the compiler laid that out. Returns the caller's stack
 * pointer, by way of ret_frame_low, for who wants it.
 */
static __attribute__((noinline)) _Noreturn void leave(struct fiber *from,
						      struct saved *saved,
						      const struct fiber *to,
						      char **ret_frame_low)
{
	/* The lowest place of the frame, where nobody's lifetime ends it. */
	struct saved **state = __builtin_alloca(sizeof *state);

	*state = saved;
	from->sp = state;
	if (ret_frame_low != NULL)
		*ret_frame_low = __builtin_dwarf_cfa();
	fiber_jump(to);
}

void fiber_switch(struct fiber *from, const struct fiber *to)
{
	struct saved saved;

	/* A jmp_buf has room for a signal mask, which nobody fills in; what
	 * the stack held before must not become part of the state. */
	memset(&saved, 0, sizeof saved);
	save_environment(&saved.environment);
	if (_setjmp(saved.registers) == 0)
		leave(from, &saved, to, NULL);
	restore_environment(&saved.environment);
}

/* The lowest function of every fiber. makecontext passes nothing but int. */
static void launch(unsigned high, unsigned low)
{
	struct launch *self = (void *)(uintptr_t)((uint64_t)high << 32 | low);

	if (_setjmp(self->ready.registers) == 0)
		leave(&self->prepared, &self->ready, self->preparer,
		      &self->frame_low);
	restore_environment(&self->environment);
	self->entry(self->argument);
	__builtin_trap();
}

/* Runs `context` until it jumps back to self->preparer. */
static void visit(const ucontext_t *context, struct launch *self)
{
	struct saved saved;
	struct saved *state = &saved;
	struct fiber here = {.sp = &state};

	self->preparer = &here;
	if (_setjmp(saved.registers) == 0) {
		setcontext(context);
		__builtin_trap();
	}
	self->preparer = NULL;
}

/* Makes the invariants of struct launch hold. */
static void prepare(struct launch *self, void *stack_low)
{
	uint64_t address = (uintptr_t)self;
	ucontext_t context;

	memset(self, 0, sizeof *self);
	self->self = self;
	self->low = stack_low;

	getcontext(&context);
	context.uc_link = NULL;
	context.uc_stack.ss_sp = stack_low;
	context.uc_stack.ss_size = (size_t)((char *)self - (char *)stack_low);
	/* The cast is how makecontext is meant to be used. */
	makecontext(&context, (void (*)(void))launch, 2,
		    (unsigned)(address >> 32), (unsigned)address);
	visit(&context, self);
}

void fiber_init(struct fiber *fiber, void *stack_low, size_t stack_bytes,
		void (*entry)(void *), void *argument)
{
	assert(stack_bytes >= FIBER_STACK_BYTES_MIN);

	uintptr_t top = ((uintptr_t)stack_low + stack_bytes) & ~(uintptr_t)63;
	struct launch *self = (struct launch *)(top - sizeof *self);

	if (self->self != self || self->low != stack_low)
		prepare(self, stack_low);
	self->entry = entry;
	self->argument = argument;
	save_environment(&self->environment);

	/* Former fibers on this stack have used what lies below launch(). */
	char *sp = self->prepared.sp;
	memset(sp, 0, (size_t)(self->frame_low - sp));
	*(struct saved **)(void *)sp = &self->ready;
	fiber->sp = sp;
}
