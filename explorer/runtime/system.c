/*
 * Output, random numbers, the clock. See system.h.
 */
#include "runtime/system.h"

#include "runtime/announce.h"
#include "runtime/cancel.h"

/* How many polls of the clock pass unnoticed; and how often the time that one
 * takes doubles. */
#define POLLS_FREE	   8U
#define POLL_DOUBLINGS_MAX 30U

ON_FIBER static void announce(struct runtime *runtime, enum op op,
			      int32_t detail, uintptr_t place)
{
	runtime_announce(runtime, &(struct operation){.op = (uint8_t)op,
						      .order = ORDER_PLAIN,
						      .detail = detail,
						      .place = place});
}

ON_FIBER void system_output(struct runtime *runtime, int descriptor,
			    uintptr_t place)
{
	announce(runtime, OP_OUTPUT, descriptor, place);
}

ON_FIBER void system_random(struct runtime *runtime, uintptr_t place)
{
	announce(runtime, OP_RANDOM, 0, place);
}

/* Who reads the clock again and again, and does little else, waits for some
 * time to come: it comes in growing steps. */
static uint64_t time_of_reading(struct thread *thread)
{
	if (thread->index - thread->polled_at > POLL_OPERATIONS_MAX)
		thread->polls = 0;
	else
		thread->polls++;
	thread->polled_at = thread->index;
	if (thread->polls <= POLLS_FREE)
		return CLOCK_READING_NS;
	if (thread->polls > POLLS_FREE + POLL_DOUBLINGS_MAX)
		return CLOCK_READING_NS << POLL_DOUBLINGS_MAX;
	return CLOCK_READING_NS << (thread->polls - POLLS_FREE);
}

ON_FIBER uint64_t system_clock(struct runtime *runtime, uintptr_t place)
{
	/* Before there is anybody else it is the same in every execution. */
	if (runtime->state.count > 1)
		touches_learn_clock(&runtime->touches);
	announce(runtime, OP_CLOCK, 0, place);
	runtime->world.clock_ns += time_of_reading(runtime->current);
	return runtime->current->now = runtime->world.clock_ns;
}

ON_FIBER static void pass_until(struct runtime *runtime, uint64_t ns,
				uintptr_t place)
{
	struct thread *thread = runtime->current;

	thread->yielded = true;
	if (runtime->visible.clock_is_read)
		announce(runtime, OP_CLOCK_SLEEP, 0, place);
	if (thread->now < ns)
		thread->now = ns;
	if (runtime->world.clock_ns < thread->now)
		runtime->world.clock_ns = thread->now;
}

/* That it is cancelled is looked at before the time is: who sleeps again and
 * again comes back to where it was. */
ON_FIBER void system_sleep(struct runtime *runtime, uint64_t ns,
			   uintptr_t place)
{
	cancel_point(runtime, place);
	pass_until(runtime, runtime->current->now + ns, place);
}

ON_FIBER void system_sleep_until(struct runtime *runtime, uint64_t ns,
				 uintptr_t place)
{
	if (ns > CLOCK_START_NS)
		touches_learn_clock(&runtime->touches);
	cancel_point(runtime, place);
	pass_until(runtime, ns, place);
}
