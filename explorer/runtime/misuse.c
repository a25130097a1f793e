/*
 * Misuse. See misuse.h.
 */
#include "runtime/misuse.h"

#include "runtime/held.h"

ON_FIBER static void tell(struct runtime *runtime,
			  const struct misuse_sighting *sighting)
{
	if (runtime->see_misuse)
		runtime->see_misuse(runtime->misuse_context, sighting);
}

ON_FIBER void misuse_see(struct runtime *runtime, enum misuse what)
{
	misuse_see_with(runtime, what, THREADS_MAX, 0);
}

ON_FIBER void misuse_see_with(struct runtime *runtime, enum misuse what,
			      uint32_t other, uintptr_t other_place)
{
	tell(runtime, &(struct misuse_sighting){
			      .what = what,
			      .operation = &runtime->current->pending,
			      .target = THREADS_MAX,
			      .other = other,
			      .other_place = other_place,
		      });
}

ON_FIBER void misuse_see_holder(struct runtime *runtime, enum misuse what)
{
	uint32_t index = 0;
	const struct held *held =
		held_next(&runtime->state, THREADS_MAX,
			  runtime->current->pending.address, &index);

	misuse_see_with(runtime, what, held ? held->thread : THREADS_MAX,
			held ? held->place : 0);
}

ON_FIBER void misuse_see_of(struct runtime *runtime, enum misuse what,
			    const struct operation *operation, uint32_t target)
{
	tell(runtime, &(struct misuse_sighting){
			      .what = what,
			      .operation = operation,
			      .target = target,
			      .other = THREADS_MAX,
		      });
}
