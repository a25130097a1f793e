/*
 * Numbers, places and outcomes in words.
 */
#include "report/words.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/terminal.h"
#include "report/utf8.h"

struct phrase words_count(uint64_t count)
{
	struct phrase phrase;
	char digits[24];
	int length = snprintf(digits, sizeof(digits), "%" PRIu64, count);
	char *to = phrase.text;

	for (int i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	*to = '\0';
	return phrase;
}

struct phrase words_counted(uint64_t count, const char *singular,
			    const char *plural)
{
	struct phrase phrase;

	snprintf(phrase.text, sizeof(phrase.text), "%.32s %.60s",
		 words_count(count).text, count == 1 ? singular : plural);
	return phrase;
}

struct phrase words_large(double number)
{
	struct phrase phrase;
	double power = floor(log10(number > 1 ? number : 1));

	/* As far as a double is exact. */
	if (number < 1e15)
		return words_count((uint64_t)number);
	snprintf(phrase.text, sizeof(phrase.text), "%.2f x 10^%.0f",
		 number / pow(10, power), power);
	return phrase;
}

/* Two digits are more than is known. */
static struct phrase about(double number)
{
	static const struct {
		double size;
		const char *name;
	} units[] = {{1e12, "trillion"}, {1e9, "billion"}, {1e6, "million"}};
	double power = pow(10, floor(log10(number > 1 ? number : 1)));
	double digits = round(number / power * 10) / 10;
	struct phrase phrase;

	if (number < 1e6)
		return words_count(
			(uint64_t)(number < 100 ? number : digits * power));
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (number < 1e15 && number >= units[i].size) {
			snprintf(phrase.text, sizeof(phrase.text), "%.3g %s",
				 digits * power / units[i].size, units[i].name);
			return phrase;
		}
	snprintf(phrase.text, sizeof(phrase.text), "%.1fx10^%.0f", digits,
		 log10(power));
	return phrase;
}

struct phrase words_guess(const struct guess *guess)
{
	struct phrase phrase;

	snprintf(phrase.text, sizeof(phrase.text), "%.40s to %.40s",
		 about(guess->low).text, about(guess->high).text);
	return phrase;
}

struct phrase words_explored(const struct result *result)
{
	if (result->has_states)
		return words_counted(result->states, "state", "states");
	return words_counted(result->executions, "execution", "executions");
}

struct phrase words_interleavings(const struct result *result)
{
	struct phrase phrase = {""};
	double number;

	if (!result->interleavings)
		return phrase;
	number = strtod(result->interleavings, NULL);
	if (!result->has_states && number <= (double)result->executions)
		return phrase;
	snprintf(phrase.text, sizeof(phrase.text), "%.60s %s",
		 words_large(number).text,
		 number > 1 ? "interleavings" : "interleaving");
	return phrase;
}

struct phrase words_seconds(double seconds)
{
	struct phrase phrase;
	long whole = (long)seconds;

	if (seconds < 10)
		snprintf(phrase.text, sizeof(phrase.text), "%.2f s", seconds);
	else if (seconds < 60)
		snprintf(phrase.text, sizeof(phrase.text), "%.0f s", seconds);
	else
		snprintf(phrase.text, sizeof(phrase.text), "%ld min %02ld s",
			 whole / 60, whole % 60);
	return phrase;
}

struct phrase words_share(uint64_t part, uint64_t whole)
{
	struct phrase phrase = {"100 %"};
	double percent = 100.0 * (double)part / (double)whole;

	assert(whole > 0);
	if (part == whole)
		return phrase;
	if (percent > 99.9)
		percent = 99.9;
	if (part > 0 && percent < 0.1)
		strcpy(phrase.text, "<0.1 %");
	else
		snprintf(phrase.text, sizeof(phrase.text), "%.1f %%", percent);
	return phrase;
}

struct phrase words_fraction(double fraction)
{
	struct phrase phrase;
	double percent = 100 * fraction;

	if (percent >= 99.95 && fraction < 1)
		percent = 99.9;
	if (fraction >= 1)
		strcpy(phrase.text, "100 %");
	else if (percent >= 0.1 || fraction <= 0)
		snprintf(phrase.text, sizeof(phrase.text), "%.1f %%", percent);
	else
		snprintf(phrase.text, sizeof(phrase.text), "%.1g %%", percent);
	return phrase;
}

void words_place(struct buffer *text, const struct source_place *place)
{
	const char *slash = place->file ? strrchr(place->file, '/') : NULL;
	const char *file = slash ? slash + 1 : place->file;

	if (!place->function && !file) {
		text_add(text, "an unknown place");
		return;
	}
	if (place->function)
		text_add(text, "%s()%s", place->function, file ? " " : "");
	if (file)
		text_add(text, "%s", file);
	if (file && place->line)
		text_add(text, ":%u", place->line);
}

/* Control characters, of one byte (C0) or two (C1, which UTF-8 terminals obey
 * as well). */
static bool is_control(const uint8_t *character, size_t size)
{
	if (size == 2)
		return character[0] == 0xc2 && character[1] < 0xa0;
	return size == 1 && (*character < 32 || *character == 127);
}

/* The shortest way to write a byte that must not reach a terminal. */
static void add_control(struct buffer *text, unsigned char byte)
{
	static const char letters[] = "abtnvfr"; /* from 7 on */

	if (byte >= 7 && byte <= 13)
		text_add(text, "\\%c", letters[byte - 7]);
	else
		text_add(text, "\\x%02x", byte);
}

void words_escaped(struct buffer *text, const void *bytes, size_t length,
		   size_t columns_max)
{
	const uint8_t *next = bytes;
	const uint8_t *end = next + length;
	struct buffer piece = {0};
	size_t columns = 0;

	/* A text of nothing is still a string. */
	text_add(text, "%s", "");
	while (next < end) {
		size_t size = utf8_length(next, (size_t)(end - next));

		buffer_clear(&piece);
		if (is_control(next, size))
			size = 0;
		if (size == 0)
			add_control(&piece, *next);
		else
			text_add(&piece, "%.*s", (int)size, (const char *)next);
		columns += terminal_columns((char *)piece.data);
		if (columns > columns_max) {
			text_add(text, "...");
			break;
		}
		text_add(text, "%s", (char *)piece.data);
		next += size ? size : 1;
	}
	buffer_fini(&piece);
}

void words_quoted(struct buffer *text, const char *argument)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-_./,:=+@%";

	if (*argument && argument[strspn(argument, plain)] == '\0') {
		text_add(text, "%s", argument);
		return;
	}
	text_add(text, "'");
	for (; *argument; argument++) {
		if (*argument == '\'')
			text_add(text, "'\\''");
		else
			text_add(text, "%c", *argument);
	}
	text_add(text, "'");
}

void words_arguments(struct buffer *text, char *const *arguments, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		text_add(text, " ");
		words_quoted(text, arguments[i]);
	}
}

const char *words_end(enum end_kind end)
{
	switch (end) {
	case END_EXIT:
		return "exits";
	case END_ASSERTION:
		return "failed assertion";
	case END_STACK_OVERFLOW:
		return "stack overflow";
	case END_LIMIT:
		return "stopped by a limit";
	case END_HANG:
		return "hangs";
	case END_STATE:
		return "on the way";
	case END_DEADLOCK:
	case END_LIVELOCK:
	case END_ABORT:
	case END_CRASH:
	case END_MISUSE:
	case END_COUNT:
		break;
	}
	return end_name(end);
}

const char *words_finding(enum finding_kind kind, bool plural)
{
	static const char *const words[FINDING_COUNT][2] = {
		[FINDING_DATA_RACE] = {"data race", "data races"},
		[FINDING_UNEXPECTED_VALUE] = {"unexpected value",
					      "unexpected values"},
		[FINDING_ASSERTION] = {"failed assertion", "failed assertions"},
		[FINDING_ABORT] = {"abort", "aborts"},
		[FINDING_CRASH] = {"crash", "crashes"},
		[FINDING_STACK_OVERFLOW] = {"stack overflow",
					    "stack overflows"},
		[FINDING_DEADLOCK] = {"deadlock", "deadlocks"},
		[FINDING_LIVELOCK] = {"livelock", "livelocks"},
		[FINDING_MISUSE] = {"misuse", "misuses"},
		[FINDING_USE_AFTER_FREE] = {"use after free",
					    "uses after free"},
		[FINDING_DOUBLE_FREE] = {"double free", "double frees"},
		[FINDING_INVALID_FREE] = {"invalid free", "invalid frees"},
		[FINDING_OUT_OF_BOUNDS] = {"access out of bounds",
					   "accesses out of bounds"},
		[FINDING_UNINITIALISED_READ] = {"uninitialised read",
						"uninitialised reads"},
		[FINDING_USE_AFTER_RETURN] = {"use after return",
					      "uses after return"},
		[FINDING_LEAK] = {"leak", "leaks"},
		[FINDING_NONDETERMINISM] = {"nondeterminism",
					    "nondeterminisms"},
		[FINDING_LOCK_ORDER] = {"lock-order inversion",
					"lock-order inversions"},
	};

	return words[kind][plural];
}

struct phrase words_signal(int number)
{
	const char *name = sigabbrev_np(number);
	struct phrase phrase;

	if (name)
		snprintf(phrase.text, sizeof(phrase.text), "SIG%s", name);
	else
		snprintf(phrase.text, sizeof(phrase.text), "signal %d", number);
	return phrase;
}

void words_values(struct buffer *text, const struct outcome *outcome)
{
	for (size_t i = 0; i < outcome->value_count; i++)
		text_add(text, "%s%s = %s", i > 0 ? ", " : "",
			 outcome->values[i].name, outcome->values[i].text);
}

void words_ending(struct buffer *text, const struct outcome *outcome)
{
	bool failed = outcome->end != END_EXIT;

	if (failed)
		text_add(text, "%s", words_end(outcome->end));
	if (failed && outcome->has_status &&
	    (outcome->end == END_CRASH || outcome->end == END_HANG))
		text_add(text, " (%s)", words_signal(outcome->status).text);
	if (!failed && outcome->has_status && outcome->status != 0) {
		text_add(text, "exit status %d", outcome->status);
		failed = true;
	}
	if (outcome->value_count > 0) {
		text_add(text, "%s", failed ? ", " : "");
		words_values(text, outcome);
	} else if (!failed) {
		text_add(text, "exits");
	}
}
