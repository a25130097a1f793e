/*
 * Misuse as findings. See misuse.h.
 */
#include "engine/misuse.h"

#include "base/hash.h"

/* Called on a green thread's stack, in the middle of a step. */
ON_FIBER static void see(void *context, const struct misuse_sighting *sighting)
{
	struct engine *engine = context;
	struct part parts[2] = {
		{.thread = engine->runtime->current->number,
		 .holder = THREADS_MAX,
		 .target = sighting->target,
		 .operation = *sighting->operation},
		{.thread = sighting->other,
		 .holder = THREADS_MAX,
		 .target = THREADS_MAX,
		 .operation = {.place = sighting->other_place}},
	};

	if (engine->repeating)
		return;
	parts[0].operation.detail = (int32_t)sighting->what;
	details_complete(engine->runtime, &parts[0]);
	findings_see(&engine->findings, FINDING_MISUSE,
		     hash_mix(sighting->operation->place, sighting->what),
		     engine->depth, parts,
		     sighting->other < THREADS_MAX ? 2 : 1);
}

void misuse_listen(struct engine *engine)
{
	engine->runtime->see_misuse = see;
	engine->runtime->misuse_context = engine;
}
