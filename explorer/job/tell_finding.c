/*
 * Telling the command what was found. See tell.h.
 */
#include <string.h>

#include "channel/report_message.h"
#include "engine/heap_finding.h"
#include "engine/locate.h"
#include "job/tell.h"

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
		.schedule = tell_schedule(task->engine),
	};

	if (entry->kind == FINDING_ASSERTION || entry->kind == FINDING_ABORT ||
	    entry->kind == FINDING_NONDETERMINISM)
		tell_failure(&text, &entry->failure);
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
	tell_await_answer(task);
}
