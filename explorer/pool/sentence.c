/*
 * One sentence for each finding and each failure (see sentence.h).
 */
#include "pool/sentence.h"

#include <assert.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pool/lock_order.h"
#include "pool/naming.h"
#include "symbols/demangle.h"
#include "trace/expression.h"

/* Addresses below this are taken for fields of what a null pointer points
 * to. */
#define NULL_PAGE_BYTES 4096

static const char *verb_of(const char *operation)
{
	static const char *const verbs[OP_COUNT + 1] = {
		[OP_READ] = "reads",
		[OP_WRITE] = "writes",
		[OP_COPY] = "copies",
		[OP_ATOMIC_LOAD] = "atomically reads",
		[OP_ATOMIC_STORE] = "atomically writes",
		[OP_ATOMIC_UPDATE] = "atomically updates",
		[OP_ATOMIC_COMPARE] = "compares and exchanges",
		[OP_FREE] = "frees",
	};
	const char *verb = verbs[op_by_name(operation)];

	return verb ? verb : "uses";
}

static bool same_text(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static const char *variable_name(const struct access *access)
{
	return access->variable ? access->variable : "memory";
}

static char *race_sentence(const struct finding *finding)
{
	const struct access *a = &finding->accesses[0];
	const struct access *b = &finding->accesses[1];
	bool same = same_text(a->variable, b->variable);
	char *a_place = place_phrase(&a->place);
	char *b_place = place_phrase(&b->place);
	char *sentence = text_format("%s %s %s%s while %s %s %s%s", a->thread,
				     verb_of(a->operation), variable_name(a),
				     a_place, b->thread, verb_of(b->operation),
				     same ? "it" : variable_name(b), b_place);

	free(a_place);
	free(b_place);
	return sentence;
}

/* What is wrong with freeing what is no block. */
static const char *no_block_phrase(const struct finding *finding)
{
	return finding->block.known ? ", which is not where the block begins"
				    : ", which malloc did not return";
}

static void add_freed(struct buffer *text, const struct heap_block_name *block,
		      const char *when)
{
	char *place = place_phrase(&block->freed);

	if (block->freed_by)
		text_add(text, ", %s by %s%s", when, block->freed_by, place);
	free(place);
}

static char *leak_sentence(const struct finding *finding)
{
	const struct heap_block_name *block = &finding->block;
	char *place = place_words(&block->allocated);
	char *sentence = text_format(
		"%" PRIu64 " byte%s in %" PRIu64 " block%s%s%s: nothing points "
		"there when the program exits",
		block->bytes, block->bytes == 1 ? "" : "s", block->blocks,
		block->blocks == 1 ? "" : "s", *place ? " from " : "", place);

	free(place);
	return sentence;
}

/* How much, where that matters. */
static void add_bytes(struct buffer *text, const struct finding *finding)
{
	uint64_t bytes = finding->accesses[0].bytes;

	if (finding->kind == FINDING_OUT_OF_BOUNDS)
		text_add(text, " %" PRIu64 " byte%s at", bytes,
			 bytes == 1 ? "" : "s");
}

static char *heap_sentence(const struct finding *finding)
{
	const struct access *access = &finding->accesses[0];
	bool frees = finding->kind == FINDING_DOUBLE_FREE ||
		     finding->kind == FINDING_INVALID_FREE;
	char *place = place_phrase(&access->place);
	struct buffer text = {0};

	text_add(&text, "%s %s", access->thread,
		 frees ? "frees" : verb_of(access->operation));
	add_bytes(&text, finding);
	text_add(&text, " %s%s%s", variable_name(access),
		 finding->block.known ? "," : "", place);
	if (finding->kind == FINDING_UNINITIALISED_READ)
		text_add(&text, ", which nobody has written");
	if (finding->kind == FINDING_INVALID_FREE)
		text_add(&text, "%s", no_block_phrase(finding));
	add_freed(&text, &finding->block,
		  finding->kind == FINDING_DOUBLE_FREE ? "freed before"
						       : "freed");
	free(place);
	return (char *)text.data;
}

/* The frame stands where a heap block would. */
static char *return_sentence(const struct finding *finding)
{
	const struct access *access = &finding->accesses[0];
	const struct heap_block_name *frame = &finding->block;
	char *place = place_phrase(&access->place);
	char *returned = place_words(&frame->freed);
	char *sentence = text_format(
		"%s %s %s%s %s %s %s%s", access->thread,
		verb_of(access->operation), variable_name(access), place,
		frame->returning ? "as" : "after", frame->freed_by,
		frame->returning ? "returns from "
		: *returned	 ? "has returned from "
				 : "has left it",
		returned);

	free(place);
	free(returned);
	return sentence;
}

static void add_wait(struct buffer *text, const struct blocked_thread *blocked)
{
	char *place = place_phrase(&blocked->place);

	text_add(text, "%s%s waits for %s", text->length ? "; " : "",
		 blocked->thread, blocked->waits_for);
	if (same_text(blocked->held_by, blocked->thread))
		text_add(text, ", which it holds itself,");
	else if (blocked->held_by)
		text_add(text, ", held by %s%s,", blocked->held_by,
			 blocked->holder_has_ended ? ", which has ended" : "");
	text_add(text, "%s", place);
	free(place);
}

/* Which of the blocked threads holds what `from` waits for; thread_count if
 * none does. */
static size_t holder_of(const struct finding *finding, size_t from)
{
	const char *holder = finding->threads[from].held_by;
	size_t i = 0;

	while (i < finding->thread_count &&
	       !same_text(finding->threads[i].thread, holder))
		i++;
	return i;
}

/* True if following the holders from `first` leads back to it. */
static bool lies_on_cycle(const struct finding *finding, size_t first)
{
	size_t at = first;

	for (size_t n = 0; n < finding->thread_count; n++) {
		at = holder_of(finding, at);
		if (at == finding->thread_count)
			return false;
		if (at == first)
			return true;
	}
	return false;
}

static char *deadlock_sentence(const struct finding *finding)
{
	struct buffer text = {0};
	size_t first = 0;

	while (first < finding->thread_count && !lies_on_cycle(finding, first))
		first++;
	if (first < finding->thread_count) {
		size_t at = first;

		do {
			add_wait(&text, &finding->threads[at]);
			at = holder_of(finding, at);
		} while (at != first);
	} else {
		for (size_t i = 0; i < finding->thread_count; i++)
			add_wait(&text, &finding->threads[i]);
	}
	if (!text.length)
		text_add(&text, "no thread can move");
	return (char *)text.data;
}

/* " at address 0x0 (null pointer)"; "" if there is no address. */
static char *fault_phrase(struct symbols *symbols, struct location fault)
{
	const char *name;

	if (fault.kind == LOCATION_NONE)
		return string_copy("");
	if (fault.kind == LOCATION_ABSOLUTE)
		return text_format(" at address 0x%" PRIx64 "%s", fault.offset,
				   fault.offset < NULL_PAGE_BYTES
					   ? " (null pointer)"
					   : "");
	name = symbols_name(symbols, fault, 1);
	return text_format(" at %s", name ? name : "an unknown address");
}

static char *crash_sentence(struct symbols *symbols,
			    const struct failure *failure, const char *place)
{
	char *signal = failure->status ? name_of_signal(failure->status)
				       : string_copy("crash");
	/* With other signals the address is that of the instruction. */
	bool has_fault =
		failure->status == SIGSEGV || failure->status == SIGBUS;
	char *fault = has_fault ? fault_phrase(symbols, failure->fault)
				: string_copy("");
	char *sentence =
		text_format("%s%s%s", signal, fault,
			    *fault || *place ? place : " killed the process");

	free(signal);
	free(fault);
	return sentence;
}

static char *abort_sentence(const char *exception, const char *place)
{
	char *type;
	char *sentence;

	if (!*exception)
		return text_format("abort() was called%s", place);
	type = demangle_type(exception);
	sentence = text_format("an exception of type %s was not caught%s", type,
			       place);
	free(type);
	return sentence;
}

static char *failure_sentence(struct symbols *symbols, enum finding_kind kind,
			      const struct failure *failure)
{
	const char *said = failure->message ? failure->message : "";
	char *place = place_phrase(failure->place);
	char *sentence = NULL;

	switch (kind) {
	case FINDING_ASSERTION:
		sentence = text_format("assertion %s failed%s", said, place);
		break;
	case FINDING_ABORT:
		sentence = abort_sentence(said, place);
		break;
	case FINDING_CRASH:
		sentence = crash_sentence(symbols, failure, place);
		break;
	case FINDING_STACK_OVERFLOW:
		sentence = text_format("the stack overflowed%s", place);
		break;
	case FINDING_NONDETERMINISM:
		sentence = text_format("the same schedule did something else "
				       "a second time%s",
				       place);
		break;
	case FINDING_LIVELOCK:
		sentence = text_format("the program goes on for ever: whoever "
				       "moves next, it can no longer end%s",
				       place);
		break;
	case FINDING_DATA_RACE:
	case FINDING_UNEXPECTED_VALUE:
	case FINDING_DEADLOCK:
	case FINDING_MISUSE:
	case FINDING_USE_AFTER_FREE:
	case FINDING_DOUBLE_FREE:
	case FINDING_INVALID_FREE:
	case FINDING_OUT_OF_BOUNDS:
	case FINDING_LOCK_ORDER:
	case FINDING_UNINITIALISED_READ:
	case FINDING_USE_AFTER_RETURN:
	case FINDING_LEAK:
	case FINDING_COUNT:
		sentence = text_format("%s%s", *said ? said : "failed", place);
		break;
	}
	free(place);
	return sentence;
}

char *sentence_of_finding(struct symbols *symbols,
			  const struct finding *finding,
			  const struct failure *failure)
{
	if (finding->kind == FINDING_DATA_RACE && finding->access_count == 2)
		return race_sentence(finding);
	if (finding->kind == FINDING_USE_AFTER_RETURN)
		return return_sentence(finding);
	if (finding_is_of_accesses(finding->kind) && finding->access_count == 1)
		return heap_sentence(finding);
	if (finding->kind == FINDING_LEAK)
		return leak_sentence(finding);
	if (finding->kind == FINDING_DEADLOCK)
		return deadlock_sentence(finding);
	if (finding->kind == FINDING_LOCK_ORDER)
		return lock_order_sentence(finding);
	return failure_sentence(symbols, finding->kind, failure);
}

char *sentence_of_end(struct symbols *symbols, enum end_kind end,
		      const struct failure *failure)
{
	switch (end) {
	case END_ASSERTION:
		return failure_sentence(symbols, FINDING_ASSERTION, failure);
	case END_ABORT:
		return failure_sentence(symbols, FINDING_ABORT, failure);
	case END_CRASH:
		return failure_sentence(symbols, FINDING_CRASH, failure);
	case END_STACK_OVERFLOW:
		return failure_sentence(symbols, FINDING_STACK_OVERFLOW,
					failure);
	case END_MISUSE:
		return failure_sentence(symbols, FINDING_MISUSE, failure);
	case END_EXIT:
	case END_DEADLOCK:
	case END_LIVELOCK:
	case END_LIMIT:
	case END_HANG:
	case END_STATE:
		return NULL;
	case END_COUNT:
		break;
	}
	assert(!"an execution ends in one of these ways");
	return NULL;
}

static bool has_value(const struct outcome *outcome, const char *name)
{
	for (size_t i = 0; i < outcome->value_count; i++)
		if (strcmp(outcome->values[i].name, name) == 0)
			return true;
	return false;
}

/* What explorer_watch() was expected to have named. */
static void add_missing(struct buffer *text, const struct outcome *outcome,
			const char *expect)
{
	struct expression *expression;
	struct expression_error error;

	/* Where findings are only counted nobody says what it was. */
	if (!expect || expression_parse(expect, &expression, &error) != 0)
		return;
	for (size_t i = 0; i < expression_name_count(expression); i++) {
		const char *name = expression_name(expression, i);

		if (!has_value(outcome, name))
			text_add(text, "; nothing is called %s then", name);
	}
	expression_free(expression);
}

char *sentence_of_unexpected(const struct outcome *outcome, const char *expect)
{
	struct buffer text = {0};

	for (size_t i = 0; i < outcome->value_count; i++)
		text_add(&text, "%s%s = %s", i ? ", " : "",
			 outcome->values[i].name, outcome->values[i].text);
	text_add(&text, "%swhere %s was expected", text.length ? ", " : "",
		 expect);
	add_missing(&text, outcome, expect);
	return (char *)text.data;
}
