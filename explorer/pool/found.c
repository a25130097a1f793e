/*
 * What a child's messages said so far (see found.h).
 */
#include "pool/found.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "pool/interleavings.h"

void found_init(struct found *found, const struct session *session)
{
	*found = (struct found){.session = session};
}

void witness_fini(struct witness *witness)
{
	free(witness->schedule);
	*witness = (struct witness){0};
}

void outcome_list_fini(struct outcome_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		outcome_fini(&list->at[i].outcome);
		witness_fini(&list->at[i].witness);
	}
	free(list->at);
	*list = (struct outcome_list){0};
}

void finding_list_fini(struct finding_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		finding_fini(&list->at[i].finding);
		witness_fini(&list->at[i].witness);
	}
	free(list->at);
	*list = (struct finding_list){0};
}

void found_fini(struct found *found)
{
	outcome_list_fini(&found->outcomes);
	outcome_list_fini(&found->outcomes_aside);
	finding_list_fini(&found->findings);
	finding_list_fini(&found->findings_aside);
	for (size_t i = 0; i < found->visible_count; i++)
		buffer_fini(&found->visible[i]);
	free(found->visible);
	free(found->learned);
	*found = (struct found){0};
}

void outcome_list_add(struct outcome_list *list, struct found_outcome item)
{
	void *at = list->at;

	memory_reserve(&at, &list->capacity, list->count + 1, sizeof(item));
	list->at = at;
	list->at[list->count++] = item;
}

void finding_list_add(struct finding_list *list, struct found_finding item)
{
	void *at = list->at;

	memory_reserve(&at, &list->capacity, list->count + 1, sizeof(item));
	list->at = at;
	list->at[list->count++] = item;
}

static struct witness witness_of(const struct found *found,
				 const struct coded_schedule *schedule)
{
	struct witness witness = {.visible = found->visible_count,
				  .schedule_bytes = schedule->length};

	witness.schedule = memory_new(schedule->length);
	memcpy(witness.schedule, schedule->bytes, schedule->length);
	return witness;
}

static struct witness outcome_witness(struct found *found,
				      const struct coded_schedule *schedule)
{
	if (found->schedule_bytes + schedule->length > FOUND_SCHEDULE_BYTES)
		return (struct witness){.visible = found->visible_count};
	found->schedule_bytes += schedule->length;
	return witness_of(found, schedule);
}

int found_visible(struct found *found, const struct buffer *body)
{
	struct reader reader = reader_of(body->data, body->length);
	struct visible_set set;
	void *visible = found->visible;
	uint32_t version;

	visible_set_get(&reader, &set);
	version = set.version;
	visible_set_fini(&set);
	if (reader.failed)
		return -1;
	found->visible_version = version;
	memory_reserve(&visible, &found->visible_capacity,
		       found->visible_count + 1, sizeof(*found->visible));
	found->visible = visible;
	found->visible[found->visible_count] = (struct buffer){0};
	buffer_put(&found->visible[found->visible_count], body->data,
		   body->length);
	found->visible_count++;
	found->learned_count = 0;
	return 0;
}

static void copy_ranges(struct visible_range *to,
			const struct visible_range *from, size_t count)
{
	for (size_t i = 0; i < count; i++)
		to[i] = from[i];
}

int found_learned(struct found *found, const struct buffer *body)
{
	struct reader reader = reader_of(body->data, body->length);
	struct visible_set set;
	void *learned = found->learned;

	visible_set_get(&reader, &set);
	if (!reader.failed) {
		memory_reserve(&learned, &found->learned_capacity,
			       found->learned_count + set.range_count,
			       sizeof(*found->learned));
		found->learned = learned;
		copy_ranges(found->learned + found->learned_count, set.ranges,
			    set.range_count);
		found->learned_count += set.range_count;
	}
	visible_set_fini(&set);
	return reader.failed ? -1 : 0;
}

bool found_take_learned(struct found *found)
{
	struct witness latest = {.visible = found->visible_count};
	struct visible_set known;
	struct visible_set all;
	struct buffer body = {0};

	if (found->learned_count == 0)
		return false;
	found_visible_set(found, &latest, &known);
	all = known;
	all.version++;
	all.range_count += (uint32_t)found->learned_count;
	all.ranges = memory_new(all.range_count * sizeof(*all.ranges));
	copy_ranges(all.ranges, known.ranges, known.range_count);
	copy_ranges(all.ranges + known.range_count, found->learned,
		    found->learned_count);
	visible_set_put(&body, &all);
	found_visible(found, &body);
	buffer_fini(&body);
	visible_set_fini(&all);
	visible_set_fini(&known);
	return true;
}

int found_visible_set(const struct found *found, const struct witness *witness,
		      struct visible_set *ret_set)
{
	const struct buffer *body;
	struct reader reader;

	*ret_set = (struct visible_set){0};
	if (witness->visible == 0)
		return 0;
	body = &found->visible[witness->visible - 1];
	reader = reader_of(body->data, body->length);
	visible_set_get(&reader, ret_set);
	return reader.failed ? -1 : 0;
}

uint64_t found_witness_key(const struct found *found,
			   const struct witness *witness)
{
	struct visible_set set;
	struct buffer bytes = {0};
	uint64_t key;

	/* A new process numbers the same sets otherwise. */
	found_visible_set(found, witness, &set);
	set.version = 0;
	visible_set_put(&bytes, &set);
	visible_set_fini(&set);
	key = hash_bytes(bytes.data, bytes.length, 0);
	buffer_fini(&bytes);
	return hash_bytes(witness->schedule, witness->schedule_bytes, key);
}

static void set_outcomes_aside(struct found *found, size_t from)
{
	struct outcome_list *list = &found->outcomes;

	for (size_t i = from; i < list->count; i++)
		outcome_list_add(&found->outcomes_aside, list->at[i]);
	if (from < list->count)
		list->count = from;
}

static void set_findings_aside(struct found *found, size_t from)
{
	struct finding_list *list = &found->findings;

	for (size_t i = from; i < list->count; i++)
		finding_list_add(&found->findings_aside, list->at[i]);
	if (from < list->count)
		list->count = from;
}

void found_rewind(struct found *found, size_t outcomes, size_t findings)
{
	set_outcomes_aside(found, outcomes);
	set_findings_aside(found, findings);
}

int found_outcome(struct found *found, const struct buffer *body)
{
	struct reader reader = reader_of(body->data, body->length);
	struct outcome_message message;
	struct found_outcome item = {0};
	int failed = -1;

	outcome_get(&reader, &message);
	if (!reader.failed && message.id <= found->outcomes.count)
		failed = outcome_named(found->session, &message, &item.outcome);
	if (!failed) {
		set_outcomes_aside(found, message.id);
		item.witness = outcome_witness(found, &message.coded);
		outcome_list_add(&found->outcomes, item);
	}
	outcome_message_fini(&message);
	return failed;
}

int found_finding(struct found *found, const struct buffer *body)
{
	struct reader reader = reader_of(body->data, body->length);
	struct finding_message message;
	struct found_finding item = {0};
	int failed = -1;

	finding_get(&reader, &message);
	if (!reader.failed && message.id <= found->findings.count) {
		failed = 0;
		set_findings_aside(found, message.id);
		item.finding = finding_named(found->session, &message);
		item.witness = witness_of(found, &message.coded);
		finding_list_add(&found->findings, item);
	}
	finding_message_fini(&message);
	return failed;
}

static void take_interleavings(struct outcome *outcome, const struct done *done,
			       size_t id)
{
	free(outcome->interleavings);
	outcome->interleavings = interleavings_text(
		done->interleavings + id * done->interleaving_words,
		done->interleaving_words);
}

void found_tally(struct found *found, const struct done *done)
{
	for (size_t i = 0; i < found->outcomes.count && i < done->outcome_count;
	     i++) {
		found->outcomes.at[i].outcome.count = done->outcomes[i].count;
		found->outcomes.at[i].outcome.lost_updates =
			done->outcomes[i].lost_updates;
		if (done->interleaving_words > 0)
			take_interleavings(&found->outcomes.at[i].outcome, done,
					   i);
	}
	for (size_t i = 0; i < found->findings.count && i < done->finding_count;
	     i++)
		found->findings.at[i].finding.count = done->findings[i].count;
}

static struct coded_schedule code(struct buffer *buffer,
				  const struct schedule *schedule)
{
	schedule_put(buffer, schedule->at, schedule->length);
	return (struct coded_schedule){buffer->data, buffer->length};
}

void found_add_finding(struct found *found, struct finding *finding,
		       const struct schedule *schedule, bool is_fatal)
{
	struct found_finding item = {.finding = *finding};
	struct buffer buffer = {0};
	struct coded_schedule coded = code(&buffer, schedule);

	item.witness = witness_of(found, &coded);
	item.witness.is_fatal = is_fatal;
	buffer_fini(&buffer);
	finding_list_add(&found->findings_aside, item);
	*finding = (struct finding){0};
}

void found_add_outcome(struct found *found, struct outcome *outcome,
		       const struct schedule *schedule, bool is_fatal)
{
	struct found_outcome item = {.outcome = *outcome};
	struct buffer buffer = {0};
	struct coded_schedule coded = code(&buffer, schedule);

	item.witness = outcome_witness(found, &coded);
	item.witness.is_fatal = is_fatal;
	buffer_fini(&buffer);
	outcome_list_add(&found->outcomes_aside, item);
	*outcome = (struct outcome){0};
}

size_t found_finding_count(const struct found *found)
{
	return found->findings.count + found->findings_aside.count;
}
