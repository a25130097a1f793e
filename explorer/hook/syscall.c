/*
 * System calls by number. A thread that waited in the kernel would have all
 * others wait: the futex call is ours, as far as it waits and wakes. All others
 * reach beyond the world, and are noted.
 */
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "hook/hook.h"
#include "runtime/announce.h"
#include "runtime/futex.h"
#include "runtime/thread.h"

typedef long call_function(long, long, long, long, long, long, long);

struct futex_call {
	const uint32_t *word;
	uint32_t command;
	uint32_t value;
	const struct timespec *time;
	uint32_t mask;
};

static int refuse_word(void)
{
	errno = EINVAL;
	return -1;
}

/* Until when to wait. Without a mask the time is how long; a mask comes with a
 * point of time. */
ON_FIBER static struct deadline deadline_of_call(const struct futex_call *call,
						 uintptr_t place)
{
	struct deadline deadline = DEADLINE_NEVER;

	if (!call->time)
		return deadline;
	deadline = call->command == FUTEX_WAIT
			   ? deadline_after(hook_runtime, call->time, place)
			   : deadline_of(hook_runtime, call->time, place);
	if (call->time->tv_sec < 0)
		deadline.invalid = true;
	return deadline;
}

ON_FIBER static int perform(const struct futex_call *call, uintptr_t place)
{
	struct deadline deadline;

	if ((uintptr_t)call->word % sizeof(*call->word) != 0)
		return refuse_word();
	switch (call->command) {
	case FUTEX_WAIT:
	case FUTEX_WAIT_BITSET:
		deadline = deadline_of_call(call, place);
		return futex_wait(hook_runtime, call->word, call->value,
				  call->mask, &deadline, place);
	case FUTEX_WAKE:
	case FUTEX_WAKE_BITSET:
		return futex_wake(hook_runtime, call->word, call->value,
				  call->mask, place);
	default:
		runtime_refuse(hook_runtime,
			       "syscall(SYS_futex) that neither waits nor "
			       "wakes",
			       place);
	}
}

EXPORT call_function hook_syscall __asm__("syscall");

long hook_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	const uint32_t flags = FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME;
	struct futex_call call = {.word = (const uint32_t *)a,
				  .command = (uint32_t)b & ~flags,
				  .value = (uint32_t)c,
				  .time = (const struct timespec *)d,
				  .mask = (uint32_t)f};

	if (!hook_runtime || !hook_runtime->current)
		return ((call_function *)(uintptr_t)REAL(syscall))(number, a, b,
								   c, d, e, f);
	if (number == SYS_futex) {
		if (call.command == FUTEX_WAIT || call.command == FUTEX_WAKE)
			call.mask = FUTEX_MASK_ALL;
		return perform(&call, PLACE);
	}
	if (number == SYS_sched_yield) {
		thread_yield(hook_runtime);
		return 0;
	}
	hook_note("syscall", PLACE);
	return ((call_function *)(uintptr_t)REAL(syscall))(number, a, b, c, d,
							   e, f);
}
