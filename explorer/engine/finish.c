/*
 * The end of an execution: what is counted, and who is told.
 */
#include "base/hash.h"
#include "engine/engine.h"
#include "engine/locate.h"
#include "engine/recheck.h"
#include "runtime/foreign.h"
#include "runtime/watched.h"

/* Executions after which the kernel is asked whether standard input was read,
 * by whatever means. */
#define EXECUTIONS_WATCHED 16U

bool engine_lost_update(struct engine *engine)
{
	if (engine->runtime->visible.count == 0)
		return false;
	history_begin(&engine->history, &engine->runtime->visible);
	return history_loses_update(&engine->history, engine->log,
				    engine->depth);
}

static void describe_asked(const struct runtime *runtime,
			   const struct watched *watched, struct buffer *bytes)
{
	if (!watched_is_there(runtime, watched))
		return;
	buffer_put_string(bytes, watched->name);
	buffer_put_block(bytes, watched->start, watched->bytes);
}

void engine_describe(const struct engine *engine, struct buffer *bytes)
{
	const struct runtime *runtime = engine->runtime;
	const struct ending *ending = &engine->ending;
	const struct buffer *output = &runtime->world.output.text;

	buffer_clear(bytes);
	buffer_put_u32(bytes, ending->kind);
	buffer_put_u32(bytes, (uint32_t)ending->status);
	if (ending->kind != END_EXIT && ending->place)
		buffer_put_u64(bytes,
			       locate_place(runtime, ending->place).offset);
	for (size_t i = 0; i < runtime->watched_count; i++)
		buffer_put(bytes, runtime->watched[i].start,
			   runtime->watched[i].bytes);
	for (uint32_t i = 0; i < runtime->state.asked_count; i++)
		describe_asked(runtime, &runtime->state.asked[i], bytes);
	buffer_put_u64(bytes, output->length);
	buffer_put_u64(bytes, hash_bytes(output->data, output->length, 0));
}

static void tell_findings(struct engine *engine)
{
	struct findings *findings = &engine->findings;

	for (size_t i = 0; i < findings->path_count; i++) {
		uint32_t id = findings->path[i].id;

		if (findings->at[id].told > 0)
			continue;
		findings->at[id].told = ++findings->told_count;
		if (engine->listener.finding)
			engine->listener.finding(engine->listener.context, id);
	}
}

static uint32_t count_outcome(struct engine *engine)
{
	bool is_new;
	uint32_t id;

	engine_describe(engine, &engine->description);
	id = outcomes_count(&engine->outcomes, &engine->description,
			    engine_lost_update(engine), &is_new);
	if (is_new && engine->listener.outcome)
		engine->listener.outcome(engine->listener.context, id);
	return id;
}

/* Who exits has done so already. */
static void look_at_libraries(const struct engine *engine)
{
	if (engine->ending.kind != END_EXIT)
		foreign_look(engine->runtime);
}

static void look_at_watched(const struct engine *engine)
{
	struct runtime *runtime = engine->runtime;

	if (runtime->state.asked_count > 0 &&
	    engine->ending.thread != NO_THREAD)
		watched_look(
			runtime,
			runtime->state.threads[engine->ending.thread].context);
}

void engine_finish(struct engine *engine)
{
	output_drain(&engine->runtime->world.output);
	look_at_libraries(engine);
	look_at_watched(engine);
	if (engine->executions < EXECUTIONS_WATCHED)
		world_check_input(&engine->runtime->world);
	else
		world_note_input(&engine->runtime->world);
	if (engine->ending.is_dropped) {
		engine->cut++;
		findings_forget(&engine->findings);
		epochs_rewind(&engine->epochs, 0);
		return;
	}
	engine->executions++;
	engine->cut += engine->ending.kind == END_LIMIT;
	/* A call that is not supported is no way to end. */
	if (!(engine->incomplete_because & REASON_UNSUPPORTED_CALL)) {
		uint32_t outcome = count_outcome(engine);

		if (engine->listener.end)
			engine->listener.end(engine->listener.context, outcome);
	}
	epochs_follow(engine);
	findings_finish(&engine->findings);
	tell_findings(engine);
	engine->shared->executions = engine->executions;
	engine->shared->outcomes = engine->outcomes.count;
	if (engine->recheck)
		recheck_execution(engine);
}

uint32_t engine_finish_state(struct engine *engine)
{
	uint32_t outcome = OUTCOME_NONE;

	look_at_libraries(engine);
	look_at_watched(engine);
	if (engine->ending.is_dropped) {
		engine->cut++;
		return OUTCOME_NONE;
	}
	engine->executions++;
	engine->cut += engine->ending.kind == END_LIMIT;
	if (!(engine->incomplete_because & REASON_UNSUPPORTED_CALL))
		outcome = count_outcome(engine);
	engine->shared->outcomes = engine->outcomes.count;
	return outcome;
}

/* What was seen in this state stands last. Returns whether any of it is new. */
static bool count_findings(struct engine *engine)
{
	struct findings *findings = &engine->findings;
	bool seen = false;

	for (size_t i = findings->path_count; i-- > 0;) {
		struct finding_entry *entry =
			&findings->at[findings->path[i].id];

		if (findings->path[i].depth < engine->depth)
			break;
		seen |= entry->count == 0;
		entry->count = 1;
	}
	return seen;
}

void engine_tell_findings(struct engine *engine)
{
	if (count_findings(engine))
		tell_findings(engine);
}

void engine_count_findings(struct engine *engine)
{
	count_findings(engine);
}

void engine_tell_finding(struct engine *engine, uint32_t id)
{
	struct finding_entry *entry = &engine->findings.at[id];

	if (entry->told > 0)
		return;
	entry->told = ++engine->findings.told_count;
	if (engine->listener.finding)
		engine->listener.finding(engine->listener.context, id);
}

bool engine_wants_pause(const struct engine *engine)
{
	if (engine->executions_max > 0 &&
	    engine->executions >= engine->executions_max)
		return true;
	return engine->stopped || engine->told_enough || engine->shared->stop ||
	       (!engine->frozen &&
		engine->runtime->touches.grown != engine->learned);
}
