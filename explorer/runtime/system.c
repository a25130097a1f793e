/*
 * Output, random numbers, the clock. See system.h.
 */
#include "runtime/system.h"

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

ON_FIBER uint64_t system_clock(struct runtime *runtime, uintptr_t place)
{
	touches_learn_clock(&runtime->touches);
	announce(runtime, OP_CLOCK, 0, place);
	runtime->world.clock_ns += CLOCK_READING_NS;
	return runtime->world.clock_ns;
}

ON_FIBER void system_sleep(struct runtime *runtime, uint64_t ns,
			   uintptr_t place)
{
	uint64_t wakes = runtime->world.clock_ns + ns;

	runtime->current->yielded = true;
	if (runtime->visible.clock_is_read)
		announce(runtime, OP_CLOCK_SLEEP, 0, place);
	if (runtime->world.clock_ns < wakes)
		runtime->world.clock_ns = wakes;
}
