/*
 * Nondeterminism in words. See nondeterminism.h.
 */
#include "pool/nondeterminism.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pool/object.h"

/* As engine/recheck.h has them, which the command does not include. */
enum { OPERATION, BLOCKED, VALUE, END };

/* "read x in f() a.c:9" */
static char *step_words(struct symbols *symbols,
			const struct blocked_message *step)
{
	struct source_place place = name_of_place(symbols, step->place);
	char *phrase = place_phrase(&place);
	char *object = object_words(symbols, step);
	char *words =
		text_format("%s%s%s%s", op_name((enum op)step->op),
			    object ? " " : "", object ? object : "", phrase);

	source_place_free(&place);
	free(phrase);
	free(object);
	return words;
}

static char *difference_words(struct symbols *symbols,
			      const struct finding_message *message)
{
	const struct blocked_message *step = &message->blocked[0];
	uint64_t number = message->object.offset + 1;
	char *thread = name_of_thread(step->thread);
	char *before = step_words(symbols, step);
	char *now = step_words(symbols, &message->blocked[1]);
	char *words = NULL;

	switch (message->status) {
	case OPERATION:
		words = text_format("step %" PRIu64 " of %s was %s at first, "
				    "and %s a second time",
				    number, thread, before,
				    strcmp(before, now) == 0
					    ? "another one of that line"
					    : now);
		break;
	case BLOCKED:
		words = text_format("step %" PRIu64 ", %s by %s, could not be "
				    "made a second time",
				    number, before, thread);
		break;
	case VALUE:
		words = text_format("step %" PRIu64 ", %s by %s, came to "
				    "something else a second time",
				    number, before, thread);
		break;
	default:
		words = text_format("the same steps ended otherwise a second "
				    "time, after %s by %s",
				    before, thread);
		break;
	}
	free(thread);
	free(before);
	free(now);
	return words;
}

char *nondeterminism_sentence(struct symbols *symbols,
			      const struct finding_message *message)
{
	struct source_place place;
	char *difference;
	char *phrase;
	char *sentence;

	if (message->blocked_count < 3)
		return string_copy("the same schedule did something else a "
				   "second time");
	difference = difference_words(symbols, message);
	place = name_of_place(symbols, message->blocked[2].place);
	phrase = place_phrase(&place);
	sentence = text_format("%s%s%s%s%s", difference,
			       *message->message ? NONDETERMINISM_CAUSE
						 : NONDETERMINISM_NO_CAUSE,
			       message->message,
			       *message->message ? "(), called" : "", phrase);
	source_place_free(&place);
	free(difference);
	free(phrase);
	return sentence;
}
