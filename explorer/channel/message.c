/*
 * Messages put together and taken apart: those about the child as a whole and
 * about a search as a whole. Jobs are in job_message.c, what a job reports in
 * report_message.c.
 *
 * A _get function fills in everything it can and leaves the judgement to
 * reader->failed; arrays are allocated only after their count was found to fit
 * the body, so that a corrupt count cannot ask for more memory than a small
 * multiple of the body.
 */
#include "channel/message.h"

#include <string.h>

#include "base/memory.h"
#include "channel/wire.h"

/* What one element of each array takes at least in a body. */
enum {
	MODULE_BYTES = 8 + 1 + 8,
	RANGE_BYTES = 20 + 8 + 8,
	TALLY_BYTES = 16,
};

void hello_put(struct buffer *buffer, const struct hello *hello)
{
	buffer_put_u32(buffer, hello->version);
	buffer_put_u32(buffer, hello->module_count);
	for (uint32_t i = 0; i < hello->module_count; i++) {
		wire_put_string(buffer, hello->modules[i].path);
		buffer_put_u64(buffer, hello->modules[i].bias);
	}
}

void hello_get(struct reader *reader, struct hello *ret_hello)
{
	memset(ret_hello, 0, sizeof(*ret_hello));
	ret_hello->version = reader_u32(reader);
	/* Another version may look different from here on. */
	if (reader->failed || ret_hello->version != CHANNEL_VERSION)
		return;
	ret_hello->module_count = wire_count(reader, MODULE_BYTES);
	ret_hello->modules = wire_array(ret_hello->module_count,
					sizeof(*ret_hello->modules));
	for (uint32_t i = 0; i < ret_hello->module_count; i++) {
		ret_hello->modules[i].path = wire_string(reader);
		ret_hello->modules[i].bias = reader_u64(reader);
	}
}

void hello_fini(struct hello *hello)
{
	memory_free(hello->modules,
		    hello->module_count * sizeof(*hello->modules));
	memset(hello, 0, sizeof(*hello));
}

void visible_set_put(struct buffer *buffer, const struct visible_set *set)
{
	buffer_put_u32(buffer, set->version);
	wire_put_bool(buffer, set->clock_is_read);
	buffer_put_u32(buffer, set->range_count);
	for (uint32_t i = 0; i < set->range_count; i++) {
		wire_put_location(buffer, &set->ranges[i].start);
		buffer_put_u64(buffer, set->ranges[i].bytes);
		buffer_put_u64(buffer, set->ranges[i].block);
	}
}

void visible_set_get(struct reader *reader, struct visible_set *ret_set)
{
	memset(ret_set, 0, sizeof(*ret_set));
	ret_set->version = reader_u32(reader);
	ret_set->clock_is_read = wire_bool(reader);
	ret_set->range_count = wire_count(reader, RANGE_BYTES);
	ret_set->ranges =
		wire_array(ret_set->range_count, sizeof(*ret_set->ranges));
	for (uint32_t i = 0; i < ret_set->range_count; i++) {
		ret_set->ranges[i].start = wire_location(reader);
		ret_set->ranges[i].bytes = reader_u64(reader);
		ret_set->ranges[i].block = reader_u64(reader);
	}
}

void visible_set_fini(struct visible_set *set)
{
	memory_free(set->ranges, set->range_count * sizeof(*set->ranges));
	memset(set, 0, sizeof(*set));
}

void turn_put(struct buffer *buffer, const struct turn *turn)
{
	buffer_put_u64(buffer, turn->end);
	wire_put_bool(buffer, turn->grew);
	if (turn->grew)
		visible_set_put(buffer, &turn->visible);
}

void turn_get(struct reader *reader, struct turn *ret_turn)
{
	memset(ret_turn, 0, sizeof(*ret_turn));
	ret_turn->end = reader_u64(reader);
	ret_turn->grew = wire_bool(reader);
	if (ret_turn->grew)
		visible_set_get(reader, &ret_turn->visible);
}

void turn_fini(struct turn *turn)
{
	visible_set_fini(&turn->visible);
	memset(turn, 0, sizeof(*turn));
}

void checkpoint_put(struct buffer *buffer, const struct checkpoint *checkpoint)
{
	buffer_put_u32(buffer, checkpoint->outcomes);
	buffer_put_u32(buffer, checkpoint->findings);
	buffer_put_block(buffer, checkpoint->search, checkpoint->search_length);
}

void checkpoint_get(struct reader *reader, struct checkpoint *ret_checkpoint)
{
	memset(ret_checkpoint, 0, sizeof(*ret_checkpoint));
	ret_checkpoint->outcomes = reader_u32(reader);
	ret_checkpoint->findings = reader_u32(reader);
	ret_checkpoint->search =
		reader_block(reader, &ret_checkpoint->search_length);
}

void unsupported_put(struct buffer *buffer,
		     const struct unsupported *unsupported)
{
	wire_put_string(buffer, unsupported->function);
	wire_put_bool(buffer, unsupported->is_suspect);
	wire_put_place(buffer, unsupported->place);
	schedule_put(buffer, unsupported->schedule.at,
		     unsupported->schedule.length);
}

void unsupported_get(struct reader *reader, struct unsupported *ret_unsupported)
{
	memset(ret_unsupported, 0, sizeof(*ret_unsupported));
	ret_unsupported->function = wire_string(reader);
	ret_unsupported->is_suspect = wire_bool(reader);
	ret_unsupported->place = wire_place(reader);
	schedule_get(reader, &ret_unsupported->schedule);
}

void unsupported_fini(struct unsupported *unsupported)
{
	schedule_fini(&unsupported->schedule);
	memset(unsupported, 0, sizeof(*unsupported));
}

static void put_tallies(struct buffer *buffer, const struct tally *tallies,
			uint32_t count)
{
	buffer_put_u32(buffer, count);
	for (uint32_t i = 0; i < count; i++) {
		buffer_put_u64(buffer, tallies[i].count);
		buffer_put_u64(buffer, tallies[i].lost_updates);
	}
}

static struct tally *get_tallies(struct reader *reader, uint32_t *ret_count)
{
	uint32_t count = wire_count(reader, TALLY_BYTES);
	struct tally *tallies = wire_array(count, sizeof(*tallies));

	for (uint32_t i = 0; i < count; i++) {
		tallies[i].count = reader_u64(reader);
		tallies[i].lost_updates = reader_u64(reader);
	}
	*ret_count = count;
	return tallies;
}

void done_put(struct buffer *buffer, const struct done *done)
{
	buffer_put_u32(buffer, done->incomplete_because);
	buffer_put_u32(buffer, done->rounds);
	buffer_put_u64(buffer, done->executions);
	buffer_put_u64(buffer, done->blocked);
	buffer_put_u64(buffer, done->cut);
	buffer_put_u64(buffer, done->states);
	buffer_put_u64(buffer, done->transitions);
	buffer_put_u64(buffer, done->steps);
	put_tallies(buffer, done->outcomes, done->outcome_count);
	put_tallies(buffer, done->findings, done->finding_count);
	buffer_put_u32(buffer, done->interleaving_words);
	buffer_put_block(buffer, done->interleavings,
			 (size_t)done->outcome_count *
				 done->interleaving_words * sizeof(uint64_t));
	wire_put_bool(buffer, done->has_cycles);
	buffer_put_u32(buffer, done->risk);
	buffer_put_u32(buffer, done->asymmetry);
	wire_put_bool(buffer, done->diverged);
	buffer_put_u64(buffer, done->diverged_step);
}

static void get_interleavings(struct reader *reader, struct done *done)
{
	size_t length;

	done->interleaving_words = reader_u32(reader);
	done->interleavings = reader_block(reader, &length);
	if (length != (size_t)done->outcome_count * done->interleaving_words *
			      sizeof(uint64_t))
		reader->failed = true;
}

void done_get(struct reader *reader, struct done *ret_done)
{
	memset(ret_done, 0, sizeof(*ret_done));
	ret_done->incomplete_because = wire_below(reader, REASON_LAST << 1);
	ret_done->rounds = reader_u32(reader);
	ret_done->executions = reader_u64(reader);
	ret_done->blocked = reader_u64(reader);
	ret_done->cut = reader_u64(reader);
	ret_done->states = reader_u64(reader);
	ret_done->transitions = reader_u64(reader);
	ret_done->steps = reader_u64(reader);
	ret_done->outcomes = get_tallies(reader, &ret_done->outcome_count);
	ret_done->findings = get_tallies(reader, &ret_done->finding_count);
	get_interleavings(reader, ret_done);
	ret_done->has_cycles = wire_bool(reader);
	ret_done->risk = reader_u32(reader);
	ret_done->asymmetry = wire_below(reader, ASYMMETRY_COUNT);
	ret_done->diverged = wire_bool(reader);
	ret_done->diverged_step = reader_u64(reader);
}

void done_fini(struct done *done)
{
	memory_free(done->outcomes,
		    done->outcome_count * sizeof(*done->outcomes));
	memory_free(done->findings,
		    done->finding_count * sizeof(*done->findings));
	memset(done, 0, sizeof(*done));
}
