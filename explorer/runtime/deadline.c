/*
 * Deadlines. See deadline.h.
 */
#include "runtime/deadline.h"

#include <errno.h>

#include "runtime/alternative.h"
#include "runtime/memory.h"

#define NS_PER_SECOND ((uint64_t)1000000000)
/* Later ones do not fit the clock, and nobody lives to see them. */
#define SECONDS_MAX ((int64_t)1 << 33)

/* Whether that time has come is asked, unless it came before the program; then
 * so is what time it is. */
static struct deadline at(struct runtime *runtime, uint64_t ns)
{
	if (ns > CLOCK_START_NS)
		touches_learn_clock(&runtime->touches);
	return (struct deadline){.ns = ns};
}

ON_FIBER struct deadline deadline_of(struct runtime *runtime,
				     const struct timespec *time,
				     uintptr_t place)
{
	struct timespec read;

	memory_range(runtime, (uintptr_t)time, sizeof(*time), false, place);
	read = *time;
	if (read.tv_nsec < 0 || (uint64_t)read.tv_nsec >= NS_PER_SECOND)
		return (struct deadline){.invalid = true};
	if (read.tv_sec < 0)
		return (struct deadline){.ns = 0};
	if (read.tv_sec > SECONDS_MAX)
		return DEADLINE_NEVER;
	return at(runtime, (uint64_t)read.tv_sec * NS_PER_SECOND +
				   (uint64_t)read.tv_nsec);
}

ON_FIBER struct deadline deadline_after(struct runtime *runtime,
					const struct timespec *time,
					uintptr_t place)
{
	struct deadline deadline = deadline_of(runtime, time, place);

	if (!deadline.invalid && deadline.ns != DEADLINE_NEVER.ns)
		deadline.ns += runtime->current->now;
	return deadline;
}

bool deadline_may_be_by(clockid_t clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC;
}

uint16_t deadline_kind(const struct runtime *runtime,
		       const struct deadline *deadline)
{
	if (deadline->invalid)
		return WAIT_VARIES | WAIT_INVALID;
	if (deadline->ns == UINT64_MAX)
		return WAIT_VARIES;
	if (deadline->ns <= runtime->current->now)
		return WAIT_VARIES | WAIT_PASSED;
	return WAIT_VARIES | (runtime->current->timeouts < runtime->timeouts_max
				      ? WAIT_TIMED
				      : WAIT_WITHHELD);
}

int deadline_pass(struct runtime *runtime, const struct deadline *deadline)
{
	struct thread *thread = runtime->current;

	if (deadline->invalid)
		return EINVAL;
	if (thread->now >= deadline->ns)
		return ETIMEDOUT;
	thread->timeouts++;
	thread->now = deadline->ns;
	if (runtime->world.clock_ns < thread->now)
		runtime->world.clock_ns = thread->now;
	return ETIMEDOUT;
}
