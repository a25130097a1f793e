/*
 * explorer/runtime/ending.c
 */
#include "runtime/ending.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>

#include "channel/shared.h"
#include "engine/toy.h"

/* While a page is copied nobody leaves the thread for good: the next fault
 * would come while this one is still blocked, and kill. */
Test(ending, hangs_wait_while_a_fault_is_handled)
{
	struct sigaction action;

	toy_start(1, toy_increment);
	cr_assert(zero(int, sigaction(SIGSEGV, NULL, &action)));
	cr_assert(eq(int, sigismember(&action.sa_mask, HANG_SIGNAL), 1));
}

/* A thread that is left in the middle of a fault leaves nothing blocked. */
ON_FIBER static void crash(unsigned number)
{
	(void)number;
	*(volatile int *)NULL = 1;
}

Test(ending, nothing_is_blocked_after_a_crash)
{
	sigset_t blocked;

	toy_start(1, crash);
	engine_begin(&toy.engine);
	cr_assert(zero(int, sigprocmask(SIG_BLOCK, NULL, &blocked)));
	cr_assert(eq(int, sigismember(&blocked, SIGSEGV), 0));
	cr_assert(eq(int, sigismember(&blocked, HANG_SIGNAL), 0));
}
