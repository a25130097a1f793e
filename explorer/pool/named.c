/*
 * OUTCOME and FINDING messages in names (see found.h).
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "pool/found.h"
#include "pool/misuse.h"
#include "pool/naming.h"
#include "pool/nondeterminism.h"
#include "pool/object.h"
#include "pool/sentence.h"

static uint8_t *bytes_copy(const void *bytes, size_t length)
{
	uint8_t *copy = length ? memory_new(length) : NULL;

	if (length)
		memcpy(copy, bytes, length);
	return copy;
}

static bool values_fit(const struct session *session,
		       const struct outcome_message *message)
{
	if (message->value_count == 0)
		return true;
	if (message->value_count != session->watch_count)
		return false;
	for (size_t i = 0; i < session->watch_count; i++) {
		if (message->value_bytes[i] != session->watches[i].bytes)
			return false;
	}
	return true;
}

static void name_values(const struct session *session,
			const struct outcome_message *message,
			struct outcome *outcome)
{
	outcome->value_count = message->value_count + message->named_count;
	outcome->values =
		memory_new(outcome->value_count * sizeof(*outcome->values));
	for (size_t i = 0; i < message->value_count; i++)
		outcome->values[i] =
			symbols_value(session->symbols, &session->watches[i],
				      message->values[i], message->pointees[i]);
	for (size_t i = 0; i < message->named_count; i++)
		outcome->values[message->value_count + i] = value_of_bytes(
			message->named[i].name, message->named[i].bytes,
			message->named[i].count);
}

int outcome_named(const struct session *session,
		  const struct outcome_message *message,
		  struct outcome *ret_outcome)
{
	struct source_place place;
	struct failure failure = {.message = message->message,
				  .place = &place,
				  .fault = message->fault,
				  .status = message->status};
	struct outcome outcome = {
		.end = (enum end_kind)message->end,
		/* What was cut off died of no signal. */
		.has_status =
			message->has_status &&
			(message->end != END_CRASH || message->status != 0),
		.status = message->status,
		.output_length = message->output_length,
		.count = 1,
		.lost_updates = message->lost_update,
	};

	if (!values_fit(session, message))
		return -1;
	name_values(session, message, &outcome);
	outcome.output = bytes_copy(message->output, message->output_length);
	if (message->output_total > message->output_length) {
		outcome.output_total = message->output_total;
		outcome.output_digest = message->output_digest;
	}
	place = name_of_place(session->symbols, message->place);
	outcome.message =
		sentence_of_end(session->symbols, outcome.end, &failure);
	source_place_free(&place);
	outcome.unexpected =
		expectation_is_contradicted(session->expectation, &outcome);
	outcome.wanted = message->wanted ||
			 expectation_is_met(session->wanted, &outcome);
	*ret_outcome = outcome;
	return 0;
}

static char *thread_named(uint32_t thread)
{
	return thread == NO_THREAD ? NULL : name_of_thread(thread);
}

/* Beyond the program's own functions there is only what the C++ library does to
 * start a thread. */
static void leave_out_outer(struct callers *callers)
{
	size_t count = callers->count;

	while (count > 0 && place_is_of_system(&callers->at[count - 1]))
		count--;
	while (callers->count > count)
		source_place_free(&callers->at[--callers->count]);
}

/* Of those within the C++ library only the one that the program called says
 * something. */
static void leave_out_inner(struct callers *callers)
{
	size_t kept = 0;

	for (size_t i = 0; i < callers->count; i++) {
		bool is_called_within = i + 1 < callers->count &&
					place_is_of_system(&callers->at[i]) &&
					place_is_of_system(&callers->at[i + 1]);

		if (is_called_within)
			source_place_free(&callers->at[i]);
		else
			callers->at[kept++] = callers->at[i];
	}
	callers->count = kept;
}

/* Which of the frames is that of the deed itself: the first one, unless who did
 * it spoke for another, as operator new does. */
static uint32_t frame_of_deed(const struct frames *frames,
			      struct code_place deed)
{
	for (uint32_t i = 0; i < frames->count; i++)
		if (frames->at[i].module == deed.module &&
		    frames->at[i].offset == deed.offset)
			return i;
	return 0;
}

static struct callers callers_named(const struct session *session,
				    const struct frames *frames,
				    struct code_place deed)
{
	struct callers callers = {
		.at = memory_new(frames->count * sizeof(*callers.at))};

	for (uint32_t i = frame_of_deed(frames, deed) + 1; i < frames->count;
	     i++) {
		struct source_place place =
			name_of_place(session->symbols, frames->at[i]);

		if (place.function)
			callers.at[callers.count++] = place;
		else
			source_place_free(&place);
	}
	leave_out_outer(&callers);
	leave_out_inner(&callers);
	return callers;
}

static struct heap_block_name
block_facts_named(const struct session *session,
		  const struct block_message *block)
{
	if (!block->known)
		return (struct heap_block_name){.known = false};
	return (struct heap_block_name){
		.known = true,
		.bytes = block->bytes,
		.offset = block->offset,
		.allocated_by = thread_named(block->allocated_by),
		.allocated = name_of_place(session->symbols, block->allocated),
		.freed_by = block->freed ? thread_named(block->freed_by) : NULL,
		.freed = name_of_place(session->symbols, block->freed_at),
		.allocated_callers = callers_named(
			session, &block->allocated_calls, block->allocated),
		.freed_callers = callers_named(session, &block->freed_calls,
					       block->freed_at),
		.blocks = block->blocks,
		.returning =
			block->allocated_by != NO_THREAD &&
			block->freed_at.module == block->allocated.module &&
			block->freed_at.offset == block->allocated.offset,
	};
}

static char *variable_named(const struct session *session,
			    const struct access_message *message)
{
	char *local = object_on_stack(session->symbols, &message->local,
				      message->size);

	if (!local)
		local = object_thread_local(session->symbols, message->object,
					    message->size);
	if (local)
		return local;
	return message->block.known && message->object.kind != LOCATION_STACK
		       ? object_in_block(session->symbols, &message->block)
		       : name_of_object(session->symbols, message->object,
					message->size);
}

static void add_locks(const struct session *session,
		      const struct access_message *message,
		      struct access *access)
{
	access->locks =
		memory_new(message->lock_count * sizeof(*access->locks));
	for (uint32_t i = 0; i < message->lock_count; i++)
		access->locks[access->lock_count++] =
			object_held(session->symbols, &message->locks[i]);
}

static struct access access_named(const struct session *session,
				  const struct access_message *message)
{
	struct access access = {
		.thread = name_of_thread(message->thread),
		.operation = string_copy(op_name((enum op)message->op)),
		.variable = variable_named(session, message),
		.bytes = message->size,
		.place = name_of_place(session->symbols, message->place),
		.callers = callers_named(session, &message->frames,
					 message->place),
		.created_by = thread_named(message->creator),
		.created = name_of_place_in_program(
			session->symbols, message->created_at,
			message->created_calls.at,
			message->created_calls.count),
	};

	add_locks(session, message, &access);
	return access;
}

static char *waited_for(const struct session *session,
			const struct blocked_message *message)
{
	char *object = object_name(session->symbols, message);
	const char *name = object ? object : "something";
	char *phrase;

	if (message->op == OP_COND_WAIT)
		phrase = text_format("a signal of %s", name);
	else if (message->op == OP_AWAIT)
		phrase = text_format("a change of %s",
				     object ? object
					    : "what it reads, which nobody "
					      "changes");
	else if (message->op == OP_JOIN)
		phrase = text_format("end of %s", name);
	else if (word_of_object((enum op)message->op))
		phrase = object_words(session->symbols, message);
	else
		phrase = text_format("%s", op_name((enum op)message->op));
	free(object);
	return phrase;
}

static bool is_same_place(const struct source_place *a,
			  const struct source_place *b)
{
	return a->line == b->line && a->function && b->function &&
	       strcmp(a->function, b->function) == 0;
}

/* The program's own functions that led to the place that is shown: if it is one
 * of the callers, those behind it. */
static struct callers callers_of(const struct session *session,
				 const struct blocked_message *message,
				 const struct source_place *shown)
{
	struct callers callers = {
		.at = memory_new(message->caller_count * sizeof(*callers.at))};

	for (uint32_t i = 0; i < message->caller_count; i++) {
		struct source_place place =
			name_of_place(session->symbols, message->callers[i]);
		bool is_shown = is_same_place(&place, shown);

		for (; is_shown && callers.count > 0; callers.count--)
			source_place_free(&callers.at[callers.count - 1]);
		if (is_shown || place_is_of_system(&place) || !place.function)
			source_place_free(&place);
		else
			callers.at[callers.count++] = place;
	}
	return callers;
}

static struct blocked_thread
blocked_named(const struct session *session,
	      const struct blocked_message *message)
{
	struct source_place place = object_place(session->symbols, message);

	return (struct blocked_thread){
		.thread = name_of_thread(message->thread),
		.waits_for = waited_for(session, message),
		.held_by = message->holder == NO_THREAD
				   ? NULL
				   : name_of_thread(message->holder),
		.holder_has_ended = message->holder_has_ended,
		.place = place,
		.callers = callers_of(session, message, &place),
	};
}

/* Where to point in the source: the finding's own place, or else that of the
 * first access or blocked thread. */
static struct source_place first_place(const struct session *session,
				       const struct finding *finding,
				       const struct finding_message *message)
{
	struct source_place place;

	if (message->blocked_count > 0 &&
	    message->blocked[0].thread == message->thread)
		return object_place(session->symbols, &message->blocked[0]);
	place = name_of_place(session->symbols, message->place);
	if (place.file || place.function || finding->access_count == 0)
		return place;
	source_place_free(&place);
	return source_place_copy(&finding->accesses[0].place);
}

static void name_threads(const struct session *session,
			 const struct finding_message *message,
			 struct finding *finding)
{
	finding->thread_count = message->blocked_count;
	finding->threads =
		memory_new(finding->thread_count * sizeof(*finding->threads));
	for (size_t i = 0; i < finding->thread_count; i++)
		finding->threads[i] =
			blocked_named(session, &message->blocked[i]);
}

struct finding finding_named(const struct session *session,
			     const struct finding_message *message)
{
	struct finding finding = {
		.kind = (enum finding_kind)message->kind,
		.count = 1,
		.access_count = message->kind == FINDING_LEAK
					? 0
					: message->access_count,
	};
	struct failure failure = {.message = message->message,
				  .place = &finding.place,
				  .fault = message->object,
				  .status = message->status};

	for (size_t i = 0; i < finding.access_count; i++)
		finding.accesses[i] =
			access_named(session, &message->accesses[i]);
	if (finding.kind == FINDING_MISUSE)
		finding.misuse = message->status;
	if (!finding_is_of_a_call(finding.kind) &&
	    finding.kind != FINDING_NONDETERMINISM)
		name_threads(session, message, &finding);
	if (message->access_count == 1)
		finding.block =
			block_facts_named(session, &message->accesses[0].block);
	finding.place = first_place(session, &finding, message);
	if (finding_is_of_a_call(finding.kind) && message->blocked_count > 0)
		finding.callers = callers_of(session, &message->blocked[0],
					     &finding.place);
	if (finding.kind == FINDING_MISUSE)
		finding.message = misuse_sentence(session->symbols, message);
	else if (finding.kind == FINDING_NONDETERMINISM)
		finding.message =
			nondeterminism_sentence(session->symbols, message);
	else
		finding.message = sentence_of_finding(session->symbols,
						      &finding, &failure);
	return finding;
}
