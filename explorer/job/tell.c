/*
 * Telling the command what was found.
 */
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "channel/job_message.h"
#include "channel/report_message.h"
#include "channel/socket.h"
#include "engine/heap_finding.h"
#include "engine/locate.h"
#include "job/job.h"
#include "runtime/watched.h"

#define EVENTS_BYTES_MAX (64U << 10)

/* With --stop-at-first the command decides whether this was it. */
static void await_answer(struct task *task)
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

/* How many times a hanging thread spun before it was interrupted is chance: the
 * schedule ends with the last step that did something. */
static struct schedule this_schedule(const struct engine *engine)
{
	size_t length = engine->depth;

	while (engine->ending.kind == END_HANG && length > 0 &&
	       engine->log[length - 1].operation.op == OP_SPIN)
		length--;
	return (struct schedule){
		.at = engine->schedule, .length = length, .capacity = length};
}

/* The text of a failed assertion, or the type of an exception that nobody
 * caught. */
static void put_failure(struct buffer *text, const struct failure *failure)
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
		.schedule = this_schedule(engine),
		.lost_update = engine_lost_update(task->engine),
		.wanted = ending->is_wanted,
	};

	for (uint32_t i = 0; i < count; i++) {
		values[i] = runtime->watched[i].start;
		pointees[i] = pointee(task, i);
	}
	if (ending->fault)
		message.fault = locate_address(runtime, ending->fault);
	if (ending->kind == END_ASSERTION || ending->kind == END_ABORT)
		put_failure(&text,
			    &runtime->state.threads[ending->thread].failure);
	buffer_put(&text, "", 1);
	message.message = (const char *)text.data;
	outcome_put(&task->link->body, &message, task->job->watches);
	link_send(task->link, MESSAGE_OUTCOME);
	buffer_fini(&text);
	memory_free(values, count * sizeof(*values));
	memory_free(pointees, count * sizeof(*pointees));
	await_answer(task);
}

static struct frames frames_of(const struct runtime *runtime,
			       const struct block_frames *calls)
{
	struct frames frames = {.count = calls->count};

	_Static_assert(sizeof(frames.at) / sizeof(frames.at[0]) >=
			       sizeof(calls->places) / sizeof(calls->places[0]),
		       "all of them have room");
	for (uint32_t i = 0; i < frames.count; i++)
		frames.at[i] = locate_place(runtime, calls->places[i]);
	return frames;
}

static struct block_message block_of(const struct runtime *runtime,
				     const struct block_facts *facts)
{
	return (struct block_message){
		.known = facts->known,
		.offset = facts->offset,
		.bytes = facts->bytes,
		.allocated_by = facts->allocated_by,
		.allocated = locate_place(runtime, facts->allocated_at),
		.freed = facts->freed,
		.freed_by = facts->freed_by,
		.freed_at = locate_place(runtime, facts->freed_at),
		.blocks = facts->blocks,
		.allocated_calls = frames_of(runtime, &facts->calls.allocated),
		.freed_calls = frames_of(runtime, &facts->calls.freed),
	};
}

static struct local_message local_of(const struct runtime *runtime,
				     const struct local_place *local)
{
	struct local_message message = {
		.known = local->place != 0,
		.place = locate_place(runtime, local->place),
		.offset = local->offset,
		.pointer_count = local->pointer_count,
	};

	_Static_assert(sizeof(message.pointers) == sizeof(local->pointers),
		       "all of them have room");
	memcpy(message.pointers, local->pointers, sizeof(message.pointers));
	return message;
}

static struct block_message block_at(const struct runtime *runtime,
				     uintptr_t address)
{
	struct block_facts facts = heap_finding_facts(runtime, address);

	return block_of(runtime, &facts);
}

static struct blocked_message lock_of(const struct runtime *runtime,
				      const struct detailed_lock *lock)
{
	return (struct blocked_message){
		.op = lock->op,
		.object = locate_address(runtime, lock->address),
		.holder = NO_THREAD,
		.place = locate_place(runtime, lock->place),
		.block = block_at(runtime, lock->address),
		.local = local_of(runtime, &lock->local),
	};
}

static void put_details(const struct runtime *runtime,
			const struct access_details *details,
			struct access_message *access)
{
	_Static_assert(FRAMES_MAX >= CALL_CHAIN_MAX &&
			       LOCKS_MAX >= DETAILS_LOCKS_MAX,
		       "all of them have room");
	access->frames.count = details->frame_count;
	for (uint32_t i = 0; i < access->frames.count; i++)
		access->frames.at[i] =
			locate_place(runtime, details->frames[i].place);
	access->lock_count = details->lock_count;
	for (uint32_t i = 0; i < access->lock_count; i++)
		access->locks[i] = lock_of(runtime, &details->locks[i]);
	access->creator = details->creator;
	access->created_at = locate_place(runtime, details->created_at);
	access->created_calls = frames_of(runtime, &details->created_calls);
	access->local = local_of(runtime, &details->local);
}

/* `block`: what was noted of the heap block, if anything. */
static void put_access(const struct runtime *runtime, const struct part *part,
		       struct access_message *access,
		       const struct block_facts *block,
		       const struct access_details *details)
{
	struct block_facts facts =
		block->known
			? *block
			: heap_finding_facts(runtime, part->operation.address);

	*access = (struct access_message){
		.thread = part->thread,
		.op = part->operation.op,
		.object = locate_object(runtime, &part->operation),
		.size = part->operation.bytes,
		.place = locate_place(runtime, part->operation.place),
	};
	access->block = block_of(runtime, &facts);
	access->creator = NO_THREAD;
	if (details)
		put_details(runtime, details, access);
}

static void put_blocked(const struct runtime *runtime, const struct part *part,
			struct blocked_message *blocked)
{
	*blocked = (struct blocked_message){
		.thread = part->thread,
		.op = part->operation.op,
		.object = locate_object(runtime, &part->operation),
		.holder = part->holder < THREADS_MAX ? part->holder : NO_THREAD,
		.holder_has_ended = part->holder_has_ended,
		.place = locate_place(runtime, part->operation.place),
		.block = block_at(runtime, part->operation.address),
		.local = local_of(runtime, &part->local),
	};
	_Static_assert(CALLERS_MAX >= PART_CALLERS_MAX,
		       "all of them have room");
	blocked->caller_count = part->caller_count;
	for (uint32_t i = 0; i < part->caller_count; i++)
		blocked->callers[i] = locate_place(runtime, part->callers[i]);
	if (part->target < THREADS_MAX)
		blocked->object = (struct location){.kind = LOCATION_THREAD,
						    .number = part->target};
}

/* Whether it is to be told what the thread waits for, or who called what went
 * wrong. Of a livelock some threads may be under way, round and round. */
static bool is_stuck(enum finding_kind kind, const struct part *part)
{
	return kind == FINDING_DEADLOCK || finding_is_of_a_call(kind) ||
	       kind == FINDING_LOCK_ORDER || kind == FINDING_NONDETERMINISM ||
	       (kind == FINDING_LIVELOCK && (part->operation.op == OP_AWAIT ||
					     part->target != THREADS_MAX));
}

/* Of nondeterminism: what is otherwise, and in which step. */
static void put_difference(const struct part *part,
			   struct finding_message *message)
{
	message->status = part->operation.detail;
	message->object = (struct location){.kind = LOCATION_ABSOLUTE,
					    .offset = part->operation.source};
}

void task_tell_finding(void *context, uint32_t id)
{
	struct task *task = context;
	const struct runtime *runtime = task->runtime;
	const struct finding_entry *entry = &task->engine->findings.at[id];
	const struct part *first = &entry->parts[0];
	struct blocked_message blocked[THREADS_MAX];
	struct buffer text = {0};
	struct finding_message message = {
		.id = entry->told - 1,
		.kind = entry->kind,
		.thread = first->thread,
		.place = locate_place(runtime, first->operation.place),
		.object = locate_object(runtime, &first->operation),
		.status = first->operation.detail,
		.blocked = blocked,
		.schedule = this_schedule(task->engine),
	};

	if (entry->kind == FINDING_ASSERTION || entry->kind == FINDING_ABORT ||
	    entry->kind == FINDING_NONDETERMINISM)
		put_failure(&text, &entry->failure);
	if (entry->kind == FINDING_NONDETERMINISM)
		put_difference(&entry->parts[2], &message);
	buffer_put(&text, "", 1);
	message.message = (const char *)text.data;
	for (uint32_t i = 0; i < entry->part_count; i++) {
		if (finding_is_of_accesses(entry->kind) ||
		    entry->kind == FINDING_LEAK)
			put_access(runtime, &entry->parts[i],
				   &message.accesses[message.access_count++],
				   &entry->block,
				   entry->details ? &entry->details[i] : NULL);
		else if (is_stuck(entry->kind, &entry->parts[i]))
			put_blocked(runtime, &entry->parts[i],
				    &blocked[message.blocked_count++]);
	}
	finding_put(&task->link->body, &message);
	link_send(task->link, MESSAGE_FINDING);
	buffer_fini(&text);
	await_answer(task);
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

	if (event->op == OP_SPIN && event->step >= task->job->schedule.length)
		return;
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
		.schedule = this_schedule(engine),
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
