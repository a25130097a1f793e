/*
 * Which signals a thread blocks. Kept for each thread, and nothing else: none
 * is delivered by a search, and all green threads are one of the kernel's.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "hook/hook.h"
#include "hook/signal_mask.h"

#define BIT(number) (UINT64_C(1) << ((number)-1))

/* Nobody can block these: the last two are libc's own. */
static const uint64_t never = BIT(SIGKILL) | BIT(SIGSTOP) | BIT(32) | BIT(33);

_Static_assert(sizeof(((sigset_t *)0)->__val[0]) == sizeof(uint64_t),
	       "the first word has all signals");

bool signal_mask_blocks(const struct thread *thread, int number)
{
	return number > 0 && (thread->settings.blocked & BIT(number));
}

/* Returns an error number. */
static int change(uint64_t *blocked, int how, uint64_t set)
{
	switch (how) {
	case SIG_BLOCK:
		*blocked |= set & ~never;
		return 0;
	case SIG_UNBLOCK:
		*blocked &= ~set;
		return 0;
	case SIG_SETMASK:
		*blocked = set & ~never;
		return 0;
	default:
		return EINVAL;
	}
}

static int mask(int how, const sigset_t *set, sigset_t *ret_old,
		uintptr_t place)
{
	uint64_t *blocked = &hook_runtime->current->settings.blocked;
	uint64_t old = *blocked;
	int error = 0;

	if (set) {
		hook_reads(set, sizeof(old), place);
		error = change(blocked, how, set->__val[0]);
		runtime_note_private(hook_runtime);
	}
	if (ret_old && !error) {
		hook_writes(ret_old, sizeof(old), place);
		ret_old->__val[0] = old;
	}
	return error;
}

static bool is_explored(void)
{
	return hook_runtime && hook_runtime->current;
}

EXPORT int pthread_sigmask(int how, const sigset_t *restrict set,
			   sigset_t *restrict ret_old)
{
	if (!is_explored())
		return REAL(pthread_sigmask)(how, set, ret_old);
	return mask(how, set, ret_old, PLACE);
}

EXPORT int sigprocmask(int how, const sigset_t *restrict set,
		       sigset_t *restrict ret_old)
{
	int error;

	if (!is_explored())
		return REAL(sigprocmask)(how, set, ret_old);
	error = mask(how, set, ret_old, PLACE);
	if (!error)
		return 0;
	errno = error;
	return -1;
}
