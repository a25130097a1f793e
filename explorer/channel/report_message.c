/*
 * The OUTCOME and FINDING messages put together and taken apart. See
 * report_message.h.
 */
#include "channel/report_message.h"

#include <string.h>

#include "base/memory.h"
#include "channel/wire.h"

/* What one element of each array takes at least in a body. */
enum {
	VALUE_BYTES = 8 + 20,
	NAMED_BYTES = 4 + 8,
	BLOCKED_BYTES = 4 + 4 + 20 + 4 + 12,
};

/* What was taken apart can be put together again. */
static void put_schedule(struct buffer *buffer, const struct schedule *schedule,
			 const struct coded_schedule *coded)
{
	if (coded->bytes)
		buffer_put(buffer, coded->bytes, coded->length);
	else
		schedule_put(buffer, schedule->at, schedule->length);
}

static struct coded_schedule get_schedule(struct reader *reader)
{
	const uint8_t *from = reader->next;

	schedule_pass(reader);
	if (reader->failed)
		return (struct coded_schedule){0};
	return (struct coded_schedule){from, (size_t)(reader->next - from)};
}

static void put_values(struct buffer *buffer,
		       const struct outcome_message *outcome,
		       const struct watch_place *watches)
{
	const struct location none = {.kind = LOCATION_NONE};

	buffer_put_u32(buffer, outcome->value_count);
	for (uint32_t i = 0; i < outcome->value_count; i++) {
		buffer_put_block(buffer, outcome->values[i], watches[i].bytes);
		wire_put_location(buffer, outcome->pointees
						  ? &outcome->pointees[i]
						  : &none);
	}
}

static void get_values(struct reader *reader, struct outcome_message *outcome)
{
	uint32_t count = wire_count(reader, VALUE_BYTES);

	outcome->value_count = count;
	outcome->values = wire_array(count, sizeof(*outcome->values));
	outcome->value_bytes = wire_array(count, sizeof(*outcome->value_bytes));
	outcome->pointees = wire_array(count, sizeof(*outcome->pointees));
	for (uint32_t i = 0; i < count; i++) {
		size_t length = 0;

		outcome->values[i] = reader_block(reader, &length);
		outcome->value_bytes[i] = length;
		outcome->pointees[i] = wire_location(reader);
	}
}

static void put_named(struct buffer *buffer,
		      const struct outcome_message *outcome)
{
	buffer_put_u32(buffer, outcome->named_count);
	for (uint32_t i = 0; i < outcome->named_count; i++) {
		wire_put_string(buffer, outcome->named[i].name);
		buffer_put_block(buffer, outcome->named[i].bytes,
				 outcome->named[i].count);
	}
}

static void get_named(struct reader *reader, struct outcome_message *outcome)
{
	uint32_t count = wire_count(reader, NAMED_BYTES);

	outcome->named_count = count;
	outcome->named = wire_array(count, sizeof(*outcome->named));
	for (uint32_t i = 0; i < count; i++) {
		outcome->named[i].name = wire_string(reader);
		outcome->named[i].bytes =
			reader_block(reader, &outcome->named[i].count);
	}
}

void outcome_put(struct buffer *buffer, const struct outcome_message *outcome,
		 const struct watch_place *watches)
{
	buffer_put_u32(buffer, outcome->id);
	buffer_put_u32(buffer, outcome->end);
	wire_put_bool(buffer, outcome->has_status);
	wire_put_i32(buffer, outcome->status);
	wire_put_string(buffer, outcome->message);
	wire_put_place(buffer, outcome->place);
	wire_put_location(buffer, &outcome->fault);
	put_values(buffer, outcome, watches);
	put_named(buffer, outcome);
	buffer_put_block(buffer, outcome->output, outcome->output_length);
	buffer_put_u64(buffer, outcome->output_total);
	buffer_put_u64(buffer, outcome->output_digest);
	buffer_put_u64(buffer, outcome->run);
	put_schedule(buffer, &outcome->schedule, &outcome->coded);
	wire_put_bool(buffer, outcome->lost_update);
	wire_put_bool(buffer, outcome->wanted);
}

void outcome_get(struct reader *reader, struct outcome_message *ret_outcome)
{
	memset(ret_outcome, 0, sizeof(*ret_outcome));
	ret_outcome->id = reader_u32(reader);
	ret_outcome->end = wire_below(reader, END_COUNT);
	ret_outcome->has_status = wire_bool(reader);
	ret_outcome->status = wire_i32(reader);
	ret_outcome->message = wire_string(reader);
	ret_outcome->place = wire_place(reader);
	ret_outcome->fault = wire_location(reader);
	get_values(reader, ret_outcome);
	get_named(reader, ret_outcome);
	ret_outcome->output = reader_block(reader, &ret_outcome->output_length);
	ret_outcome->output_total = reader_u64(reader);
	ret_outcome->output_digest = reader_u64(reader);
	ret_outcome->run = reader_u64(reader);
	ret_outcome->coded = get_schedule(reader);
	ret_outcome->lost_update = wire_bool(reader);
	ret_outcome->wanted = wire_bool(reader);
}

void outcome_message_fini(struct outcome_message *outcome)
{
	uint32_t count = outcome->value_count;

	memory_free(outcome->values, count * sizeof(*outcome->values));
	memory_free(outcome->value_bytes,
		    count * sizeof(*outcome->value_bytes));
	memory_free(outcome->pointees, count * sizeof(*outcome->pointees));
	memory_free(outcome->named,
		    outcome->named_count * sizeof(*outcome->named));
	memset(outcome, 0, sizeof(*outcome));
}

static void put_frames(struct buffer *buffer, const struct frames *frames)
{
	buffer_put_u32(buffer, frames->count);
	for (uint32_t i = 0; i < frames->count; i++)
		wire_put_place(buffer, frames->at[i]);
}

static void get_frames(struct reader *reader, struct frames *frames)
{
	frames->count = wire_below(reader, FRAMES_MAX + 1);
	for (uint32_t i = 0; i < frames->count; i++)
		frames->at[i] = wire_place(reader);
}

static void put_block(struct buffer *buffer, const struct block_message *block)
{
	wire_put_bool(buffer, block->known);
	buffer_put_u64(buffer, (uint64_t)block->offset);
	buffer_put_u64(buffer, block->bytes);
	buffer_put_u32(buffer, block->allocated_by);
	wire_put_place(buffer, block->allocated);
	wire_put_bool(buffer, block->freed);
	buffer_put_u32(buffer, block->freed_by);
	wire_put_place(buffer, block->freed_at);
	buffer_put_u64(buffer, block->blocks);
	put_frames(buffer, &block->allocated_calls);
	put_frames(buffer, &block->freed_calls);
}

static struct block_message get_block(struct reader *reader)
{
	struct block_message block = {0};

	block.known = wire_bool(reader);
	block.offset = (int64_t)reader_u64(reader);
	block.bytes = reader_u64(reader);
	block.allocated_by = reader_u32(reader);
	block.allocated = wire_place(reader);
	block.freed = wire_bool(reader);
	block.freed_by = reader_u32(reader);
	block.freed_at = wire_place(reader);
	block.blocks = reader_u64(reader);
	get_frames(reader, &block.allocated_calls);
	get_frames(reader, &block.freed_calls);
	return block;
}

static void put_local(struct buffer *buffer, const struct local_message *local)
{
	wire_put_bool(buffer, local->known);
	wire_put_place(buffer, local->place);
	buffer_put_u64(buffer, (uint64_t)local->offset);
	buffer_put_u32(buffer, local->pointer_count);
	for (uint32_t i = 0; i < local->pointer_count; i++) {
		buffer_put_u32(buffer, (uint32_t)local->pointers[i].offset);
		buffer_put_u32(buffer, local->pointers[i].before);
	}
}

static struct local_message get_local(struct reader *reader)
{
	struct local_message local = {0};

	local.known = wire_bool(reader);
	local.place = wire_place(reader);
	local.offset = (int64_t)reader_u64(reader);
	local.pointer_count = wire_below(reader, LOCAL_POINTERS + 1);
	for (uint32_t i = 0; i < local.pointer_count; i++) {
		local.pointers[i].offset = (int32_t)reader_u32(reader);
		local.pointers[i].before = reader_u32(reader);
	}
	return local;
}

static void put_one_blocked(struct buffer *buffer,
			    const struct blocked_message *blocked)
{
	buffer_put_u32(buffer, blocked->thread);
	buffer_put_u32(buffer, blocked->op);
	wire_put_location(buffer, &blocked->object);
	buffer_put_u32(buffer, blocked->holder);
	wire_put_bool(buffer, blocked->holder_has_ended);
	wire_put_place(buffer, blocked->place);
	put_block(buffer, &blocked->block);
	put_local(buffer, &blocked->local);
	buffer_put_u32(buffer, blocked->caller_count);
	for (uint32_t i = 0; i < blocked->caller_count; i++)
		wire_put_place(buffer, blocked->callers[i]);
}

static struct blocked_message get_one_blocked(struct reader *reader)
{
	struct blocked_message blocked = {0};

	blocked.thread = reader_u32(reader);
	blocked.op = wire_below(reader, OP_COUNT);
	blocked.object = wire_location(reader);
	blocked.holder = reader_u32(reader);
	blocked.holder_has_ended = wire_bool(reader);
	blocked.place = wire_place(reader);
	blocked.block = get_block(reader);
	blocked.local = get_local(reader);
	blocked.caller_count = wire_below(reader, CALLERS_MAX + 1);
	for (uint32_t i = 0; i < blocked.caller_count; i++)
		blocked.callers[i] = wire_place(reader);
	return blocked;
}

static void put_access(struct buffer *buffer,
		       const struct access_message *access)
{
	buffer_put_u32(buffer, access->thread);
	buffer_put_u32(buffer, access->op);
	wire_put_location(buffer, &access->object);
	buffer_put_u64(buffer, access->size);
	wire_put_place(buffer, access->place);
	put_block(buffer, &access->block);
	put_frames(buffer, &access->frames);
	buffer_put_u32(buffer, access->lock_count);
	for (uint32_t i = 0; i < access->lock_count; i++)
		put_one_blocked(buffer, &access->locks[i]);
	buffer_put_u32(buffer, access->creator);
	wire_put_place(buffer, access->created_at);
	put_frames(buffer, &access->created_calls);
	put_local(buffer, &access->local);
}

static struct access_message get_access(struct reader *reader)
{
	struct access_message access = {0};

	access.thread = reader_u32(reader);
	access.op = wire_below(reader, OP_COUNT);
	access.object = wire_location(reader);
	access.size = reader_u64(reader);
	access.place = wire_place(reader);
	access.block = get_block(reader);
	get_frames(reader, &access.frames);
	access.lock_count = wire_below(reader, LOCKS_MAX + 1);
	for (uint32_t i = 0; i < access.lock_count; i++)
		access.locks[i] = get_one_blocked(reader);
	access.creator = reader_u32(reader);
	access.created_at = wire_place(reader);
	get_frames(reader, &access.created_calls);
	access.local = get_local(reader);
	return access;
}

static void put_blocked(struct buffer *buffer,
			const struct finding_message *finding)
{
	buffer_put_u32(buffer, finding->blocked_count);
	for (uint32_t i = 0; i < finding->blocked_count; i++)
		put_one_blocked(buffer, &finding->blocked[i]);
}

static void get_blocked(struct reader *reader, struct finding_message *finding)
{
	uint32_t count = wire_count(reader, BLOCKED_BYTES);

	finding->blocked_count = count;
	finding->blocked = wire_array(count, sizeof(*finding->blocked));
	for (uint32_t i = 0; i < count; i++)
		finding->blocked[i] = get_one_blocked(reader);
}

void finding_put(struct buffer *buffer, const struct finding_message *finding)
{
	buffer_put_u32(buffer, finding->id);
	buffer_put_u32(buffer, finding->kind);
	wire_put_string(buffer, finding->message);
	buffer_put_u32(buffer, finding->thread);
	wire_put_place(buffer, finding->place);
	wire_put_location(buffer, &finding->object);
	wire_put_i32(buffer, finding->status);
	buffer_put_u32(buffer, finding->access_count);
	for (uint32_t i = 0; i < finding->access_count; i++)
		put_access(buffer, &finding->accesses[i]);
	put_blocked(buffer, finding);
	put_schedule(buffer, &finding->schedule, &finding->coded);
}

void finding_get(struct reader *reader, struct finding_message *ret_finding)
{
	memset(ret_finding, 0, sizeof(*ret_finding));
	ret_finding->id = reader_u32(reader);
	ret_finding->kind = wire_below(reader, FINDING_COUNT);
	ret_finding->message = wire_string(reader);
	ret_finding->thread = reader_u32(reader);
	ret_finding->place = wire_place(reader);
	ret_finding->object = wire_location(reader);
	ret_finding->status = wire_i32(reader);
	ret_finding->access_count = wire_below(reader, 3);
	for (uint32_t i = 0; i < ret_finding->access_count; i++)
		ret_finding->accesses[i] = get_access(reader);
	get_blocked(reader, ret_finding);
	ret_finding->coded = get_schedule(reader);
}

void finding_message_fini(struct finding_message *finding)
{
	memory_free(finding->blocked,
		    finding->blocked_count * sizeof(*finding->blocked));
	memset(finding, 0, sizeof(*finding));
}
