/*
 * Telling the command how executions ended, what each step did, and the last
 * word. See tell.h.
 */
#include "job/tell.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "channel/job_message.h"
#include "channel/report_message.h"
#include "channel/socket.h"
#include "engine/locate.h"
#include "runtime/ending.h"
#include "runtime/watched.h"

#define EVENTS_BYTES_MAX (64U << 10)

void tell_await_answer(struct task *task)
{
	struct buffer body = {0};
	struct reader reader;
	enum message_type type;

	if (!task->job->stop_at_first || task->job->kind != JOB_SEARCH)
		return;
	if (channel_receive(task->link->socket, &type, &body) != 1)
		job_quit(0);
	reader = reader_of(body.data, body.length);
	if (type == MESSAGE_ACK && reader_u32(&reader) == 0) {
		task->told_to_stop = true;
		task->engine->told_enough = true;
	}
	buffer_fini(&body);
}

struct schedule tell_schedule(const struct engine *engine)
{
	size_t length = engine->depth;

	while (engine->ending.kind == END_HANG && length > 0 &&
	       engine->log[length - 1].operation.op == OP_SPIN)
		length--;
	return (struct schedule){
		.at = engine->schedule, .length = length, .capacity = length};
}

void tell_failure(struct buffer *text, const struct failure *failure)
{
	if (!failure->expression)
		return;
	buffer_put(text, failure->expression, strlen(failure->expression));
}

static struct location pointee(const struct task *task, uint32_t watch)
{
	uintptr_t address;

	if (!task->job->watches[watch].pointer)
		return (struct location){.kind = LOCATION_NONE};
	memcpy(&address, task->runtime->watched[watch].start, sizeof(address));
	return locate_address(task->runtime, address);
}

/* What the program asked to have watched and is still there. Returns how many.
 */
static uint32_t list_named(const struct runtime *runtime,
			   struct named_bytes *ret_named)
{
	const struct runtime_state *state = &runtime->state;
	uint32_t count = 0;

	for (uint32_t i = 0; i < state->asked_count; i++) {
		const struct watched *watched = &state->asked[i];

		if (!watched_is_there(runtime, watched))
			continue;
		ret_named[count] = (struct named_bytes){
			.name = watched->name,
			.bytes = watched->start,
			.count = watched->bytes,
		};
		count++;
	}
	return count;
}

void task_tell_outcome(void *context, uint32_t id)
{
	struct task *task = context;
	const struct engine *engine = task->engine;
	const struct runtime *runtime = task->runtime;
	const struct ending *ending = &engine->ending;
	const struct buffer *output = &runtime->world.output.text;
	uint32_t count = task->job->watch_count;
	const void **values = memory_new(count * sizeof(*values));
	struct location *pointees = memory_new(count * sizeof(*pointees));
	struct named_bytes named[WATCHED_MAX];
	struct buffer text = {0};
	struct outcome_message message = {
		.id = id,
		.end = ending->kind,
		.has_status = ending->has_status,
		.status = ending->status,
		.place = locate_place(runtime, ending->place),
		.fault = {.kind = LOCATION_ABSOLUTE, .offset = ending->fault},
		.value_count = count,
		.values = values,
		.pointees = pointees,
		.named_count = list_named(runtime, named),
		.named = named,
		.output = output->data,
		.output_length = output->length < OUTPUT_KEPT ? output->length
							      : OUTPUT_KEPT,
		.output_total = output->length,
		.output_digest = hash_bytes(output->data, output->length, 0),
		.run = task->link->shared->run,
		.schedule = tell_schedule(engine),
		.lost_update = engine_lost_update(task->engine),
		.wanted = ending->is_wanted,
	};

	for (uint32_t i = 0; i < count; i++) {
		values[i] = runtime->watched[i].start;
		pointees[i] = pointee(task, i);
	}
	if (ending->fault == ENDING_NO_ADDRESS)
		message.fault = (struct location){.kind = LOCATION_NONE};
	else if (ending->fault)
		message.fault = locate_address(runtime, ending->fault);
	if (ending->kind == END_ASSERTION || ending->kind == END_ABORT)
		tell_failure(&text,
			     &runtime->state.threads[ending->thread].failure);
	buffer_put(&text, "", 1);
	message.message = (const char *)text.data;
	outcome_put(&task->link->body, &message, task->job->watches);
	link_send(task->link, MESSAGE_OUTCOME);
	buffer_fini(&text);
	memory_free(values, count * sizeof(*values));
	memory_free(pointees, count * sizeof(*pointees));
	tell_await_answer(task);
}

void task_flush_steps(struct task *task)
{
	if (task->events.length == 0)
		return;
	buffer_put(&task->link->body, task->events.data, task->events.length);
	buffer_clear(&task->events);
	link_send(task->link, MESSAGE_STEP);
}

void task_tell_step(void *context, const struct event *event)
{
	struct task *task = context;

	/* If nothing comes after them, they say how long it took to notice a
	 * hang. */
	if (event->op == OP_SPIN && event->step >= task->job->schedule.length) {
		buffer_put(&task->spins, event, sizeof(*event));
		return;
	}
	buffer_put(&task->events, task->spins.data, task->spins.length);
	buffer_clear(&task->spins);
	buffer_put(&task->events, event, sizeof(*event));
	if (task->events.length >= EVENTS_BYTES_MAX)
		task_flush_steps(task);
}

static void tell_unsupported(struct task *task)
{
	const struct engine *engine = task->engine;
	struct unsupported unsupported = {
		.function = task->runtime->unsupported,
		.place = locate_place(task->runtime, engine->ending.place),
		.schedule = tell_schedule(engine),
	};

	unsupported_put(&task->link->body, &unsupported);
	link_send(task->link, MESSAGE_UNSUPPORTED);
}

static void tell_uncontrolled(struct task *task)
{
	struct runtime *runtime = task->runtime;

	for (; runtime->uncontrolled_told < runtime->uncontrolled_count;
	     runtime->uncontrolled_told++) {
		const struct uncontrolled *call =
			&runtime->uncontrolled[runtime->uncontrolled_told];
		struct unsupported message = {
			.function = call->function,
			.is_suspect = call->is_suspect,
			.place = locate_place(runtime, call->place),
		};
		unsupported_put(&task->link->body, &message);
		link_send(task->link, MESSAGE_UNCONTROLLED);
	}
}

void task_tell_done(struct task *task)
{
	const struct engine *engine = task->engine;
	size_t outcome_count = engine->outcomes.count;
	size_t finding_count = engine->findings.told_count;
	struct tally *outcomes = memory_new(outcome_count * sizeof(*outcomes));
	struct tally *findings = memory_new(finding_count * sizeof(*findings));
	struct done done = {
		.incomplete_because = engine->incomplete_because,
		.rounds = task->rounds,
		.executions = engine->executions,
		.blocked = engine->blocked,
		.cut = engine->cut,
		.states = engine->states,
		.transitions = engine->transitions,
		.steps = engine->steps,
		.outcome_count = (uint32_t)outcome_count,
		.interleaving_words = engine->interleaving_words,
		.interleavings = engine->interleavings,
		.has_cycles = engine->has_cycles,
		.risk = (uint32_t)(engine->risk * RISK_WHOLE),
		.asymmetry = engine->asymmetry,
		.outcomes = outcomes,
		.finding_count = (uint32_t)finding_count,
		.findings = findings,
		.diverged = task->diverged || engine->diverged,
		.diverged_step = task->diverged_step,
	};

	tell_uncontrolled(task);
	if (task->runtime->unsupported && engine->stopped && !engine->diverged)
		tell_unsupported(task);
	for (size_t i = 0; i < outcome_count; i++)
		outcomes[i] =
			(struct tally){engine->outcomes.at[i].count,
				       engine->outcomes.at[i].lost_updates};
	for (size_t i = 0; i < engine->findings.count; i++) {
		const struct finding_entry *entry = &engine->findings.at[i];

		if (entry->told > 0)
			findings[entry->told - 1] =
				(struct tally){entry->count, 0};
	}
	done_put(&task->link->body, &done);
	link_send(task->link, MESSAGE_DONE);
	memory_free(outcomes, outcome_count * sizeof(*outcomes));
	memory_free(findings, finding_count * sizeof(*findings));
}
