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

static void add_wait(struct buffer *text, const struct blocked_thread *blocked)
{
	char *place = place_phrase(&blocked->place);

	text_add(text, "%s%s waits for %s", text->length ? "; " : "",
		 blocked->thread, blocked->waits_for);
	if (text_is_same(blocked->held_by, blocked->thread))
		text_add(text, ", which it holds itself,");
	else if (blocked_names_holder(blocked))
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
	       !text_is_same(finding->threads[i].thread, holder))
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
	char *sentence = sentence_of_access(finding);

	if (sentence)
		return sentence;
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
