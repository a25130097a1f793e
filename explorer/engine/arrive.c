/*
 * Where steps lead: what is possible once the world has come to rest. See
 * step.h.
 */
#include "engine/choices.h"
#include "engine/ending.h"
#include "engine/rewind.h"
#include "engine/step.h"
#include "engine/step_parts.h"

/* A wait could go on if only it were let run out: that is no deadlock. */
static void end_of_choices(struct engine *engine)
{
	if (!ending_is_withheld(engine))
		deadlock_end(engine);
}

/* The world has come to rest: what is possible now? */
static void see_what_is_possible(struct engine *engine)
{
	if (engine->runtime->hang || engine->depth >= engine->steps_max) {
		engine->choice_count = 0;
		engine->steady = false;
		if (engine->runtime->hang)
			ending_hang(engine);
		else
			ending_limit(engine);
		return;
	}
	choices_list(engine);
	if (engine->choice_count == 0) {
		end_of_choices(engine);
	} else if (engine->choice_count == CHOICES_MAX) {
		/* There may be more than there is room for. */
		engine->choice_count = 0;
		ending_limit(engine);
	} else if (engine->choice_count > 1 && !engine->has_base) {
		rewind_make_base(engine);
	}
	engine->steady &= engine->has_base;
}

void step_arrive(struct engine *engine)
{
	if (engine->ended) {
		engine->choice_count = 0;
		engine->steady = false;
	} else {
		see_what_is_possible(engine);
	}
	if (CHECKED) {
		check_arrive(engine);
		check_invariants(engine);
	}
}

void step_settle(struct engine *engine)
{
	struct runtime *runtime = engine->runtime;
	struct thread *(*driver)(void *context) = runtime->driver;
	const struct thread *thread;

	/* Who comes to rest here must not drive on: others may still be about
	 * to go on. */
	runtime->driver = runtime_no_driver;
	while ((thread = runtime_settle_one(engine->runtime)))
		if (!engine->repeating)
			step_inspect(engine, thread);
	runtime->driver = driver;
}
