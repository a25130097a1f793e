/*
 * Making an execution again. See recheck.h.
 *
 * The second time each step must find the same operation pending, and the end
 * must be the same. If only the end differs, the execution is made twice more,
 * now noting what each step saw: the first step that saw something else is
 * where the difference came in.
 */
#include "engine/recheck.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "engine/dependence.h"
#include "engine/locate.h"
#include "engine/rewind.h"

/* Longer executions are compared by their ends only. */
#define NOTES_MAX ((size_t)1 << 20)

/* --- Telling */

/* The call that is the likely cause: of those that Explorer does not control,
 * the last one of this thread; if it made none, the last one of any. */
static const struct uncontrolled *likely_call(const struct runtime *runtime,
					      uint32_t thread)
{
	const struct uncontrolled *last = NULL;

	for (uint32_t i = 0; i < runtime->uncontrolled_count; i++) {
		const struct uncontrolled *call = &runtime->uncontrolled[i];
		bool is_own = call->thread == thread;
		bool last_is_own = last && last->thread == thread;

		if (!last || is_own > last_is_own ||
		    (is_own == last_is_own && call->step >= last->step))
			last = call;
	}
	return last;
}

static struct part part_of(uint32_t thread, const struct operation *operation)
{
	return (struct part){.thread = thread,
			     .holder = THREADS_MAX,
			     .target = THREADS_MAX,
			     .operation = *operation};
}

/* Three parts: what the step was, what it is now, and the likely cause. */
static void tell_of(struct engine *engine, enum recheck_difference difference,
		    size_t event, const struct performed *before,
		    const struct operation *now)
{
	static const struct operation nothing = {.op = OP_CHOOSE};
	uint32_t thread = before->choice.thread;
	const struct uncontrolled *call = likely_call(engine->runtime, thread);
	struct operation cause = {.op = OP_CHOOSE,
				  .place = call ? call->place : 0};
	struct part parts[3] = {part_of(thread, &before->operation),
				part_of(thread, now ? now : &nothing),
				part_of(thread, &cause)};
	struct finding_entry *entry;
	uint32_t id;

	parts[2].operation.detail = (int32_t)difference;
	parts[2].operation.source = event;
	id = findings_see(&engine->findings, FINDING_NONDETERMINISM,
			  hash_mix(before->operation.place, difference),
			  engine->depth, parts, 3);
	entry = &engine->findings.at[id];
	entry->failure.expression = call ? call->function : NULL;
}

static void tell(struct engine *engine, enum recheck_difference difference,
		 size_t event, const struct operation *now)
{
	tell_of(engine, difference, event, &engine->log[event], now);
}

void recheck_tell_choice(struct engine *engine, struct choice choice)
{
	struct performed before = {.operation = {.op = OP_CHOOSE},
				   .choice = choice};

	tell_of(engine, RECHECK_BLOCKED, engine->depth, &before, NULL);
}

void recheck_tell_step(struct engine *engine)
{
	size_t event = engine->depth;
	const struct performed *before = &engine->log[event];
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread = &state->threads[before->choice.thread];
	const struct operation *now = &thread->pending;

	if (before->choice.thread < state->count &&
	    thread->state == THREAD_PENDING &&
	    (now->op != before->announced ||
	     now->address != before->operation.address ||
	     now->place != before->operation.place))
		tell(engine, RECHECK_OPERATION, event, now);
	else
		tell(engine, RECHECK_BLOCKED, event, NULL);
}

/* --- Making it again */

/* What a step saw, as a number. */
static uint64_t note_of(const struct engine *engine)
{
	const struct runtime *runtime = engine->runtime;
	const struct performed *performed = &engine->log[engine->depth - 1];
	const struct operation *operation = &performed->operation;
	const struct buffer *output = &runtime->world.output.text;
	const struct thread *thread =
		&runtime->state.threads[performed->choice.thread];
	uint64_t note = (uint64_t)(uint32_t)thread->result;

	if (operation->op == OP_OUTPUT)
		return hash_bytes(output->data, output->length, note);
	if (operation_is_access(operation) && operation->op != OP_FREE &&
	    locate_address(runtime, operation->address).kind !=
		    LOCATION_ABSOLUTE)
		return hash_bytes((const void *)operation->address,
				  operation->bytes, note);
	return note;
}

/* Returns whether each of the `depth` steps could be made; `notes`, if not
 * NULL, then has what each saw. */
static bool make_again(struct engine *engine, size_t depth, uint64_t *notes)
{
	uint64_t transitions = engine->transitions;

	engine->has_base = false;
	engine->mark_count = 0;
	engine_begin(engine);
	while (engine->depth < depth && !engine->stopped) {
		if (engine->ended || !rewind_is_as_recorded(engine)) {
			rewind_stop_diverged(engine);
			break;
		}
		engine_step(engine, engine->log[engine->depth].choice);
		if (notes)
			notes[engine->depth - 1] = note_of(engine);
	}
	engine->transitions = transitions;
	return engine->depth == depth && !engine->diverged;
}

/* The first step that saw something else the second time; `depth` if none did.
 * Makes the execution twice. */
static size_t find_difference(struct engine *engine, size_t depth)
{
	uint64_t *notes = memory_new(2 * depth * sizeof(*notes));
	size_t event = 0;

	if (make_again(engine, depth, notes) &&
	    make_again(engine, depth, notes + depth))
		while (event < depth && notes[event] == notes[depth + event])
			event++;
	memory_free(notes, 2 * depth * sizeof(*notes));
	return event;
}

static void compare_ends(struct engine *engine, const struct buffer *expected,
			 size_t depth)
{
	size_t event = depth;

	engine_describe(engine, &engine->description);
	if (engine->ended && engine->description.length == expected->length &&
	    memcmp(engine->description.data, expected->data,
		   expected->length) == 0)
		return;
	if (depth < NOTES_MAX)
		event = find_difference(engine, depth);
	if (engine->diverged)
		return;
	if (event < depth)
		tell(engine, RECHECK_VALUE, event, NULL);
	else
		tell(engine, RECHECK_END, depth - 1, NULL);
}

static void count_and_tell(struct engine *engine)
{
	struct findings *findings = &engine->findings;

	for (size_t i = 0; i < findings->path_count; i++) {
		uint32_t id = findings->path[i].id;

		if (findings->at[id].kind != FINDING_NONDETERMINISM)
			continue;
		findings->at[id].count++;
		engine_tell_finding(engine, id);
	}
}

/* What was cut off by a clock or a limit need not be cut there again. */
static bool is_wanted(const struct engine *engine)
{
	return engine->depth > 0 && !engine->stopped &&
	       engine->fatal_count == 0 && engine->ending.kind != END_LIMIT &&
	       engine->ending.kind != END_HANG;
}

void recheck_execution(struct engine *engine)
{
	struct buffer expected = {0};
	size_t depth = engine->depth;

	if (!is_wanted(engine))
		return;
	buffer_put(&expected, engine->description.data,
		   engine->description.length);
	if (make_again(engine, depth, NULL))
		compare_ends(engine, &expected, depth);
	count_and_tell(engine);
	buffer_fini(&expected);
}
