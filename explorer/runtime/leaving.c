/*
 * What a thread leaves behind. See leaving.h.
 */
#include "runtime/leaving.h"

#include "runtime/held.h"
#include "runtime/misuse.h"
#include "runtime/mutex.h"
#include "runtime/once.h"

/* Returns whether the thread does not hold it any more. */
ON_FIBER static bool release(struct runtime *runtime, const struct held *held)
{
	if (held->op == OP_ONCE_BEGIN) {
		once_abandon(runtime, (pthread_once_t *)held->address,
			     held->place);
		return true;
	}
	return op_object(held->op) == OP_OBJECT_MUTEX &&
	       mutex_abandon(runtime, (pthread_mutex_t *)held->address,
			     held->place);
}

ON_FIBER void leaving_release(struct runtime *runtime)
{
	struct thread *thread = runtime->current;
	const struct held *next;
	uint32_t index = 0;

	while ((next = held_next(&runtime->state, thread->number, 0, &index))) {
		/* Others change the table while this one waits. */
		struct held held = *next;

		if (release(runtime, &held)) {
			index = 0;
			continue;
		}
		misuse_see_of(runtime, MISUSE_END_HELD,
			      &(struct operation){.op = (uint8_t)held.op,
						  .order = ORDER_PLAIN,
						  .address = held.address,
						  .place = held.place},
			      THREADS_MAX);
	}
}
