/*
 * Misuse in words. See misuse.h.
 */
#include "pool/misuse.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pool/naming.h"
#include "pool/object.h"
#include "trace/misuse.h"

static const char *words_of(int misuse)
{
	static const char *const words[MISUSE_COUNT] = {
#define MISUSE(identifier, words) [MISUSE_##identifier] = (words),
#include "trace/misuse.def"
#undef MISUSE
	};

	return misuse >= 0 && misuse < MISUSE_COUNT ? words[misuse]
						    : "misuses %s";
}

/* The words with the object where they say %s. */
static char *with_object(const char *words, const char *object)
{
	const char *gap = strstr(words, "%s");

	return gap ? text_format("%.*s%s%s", (int)(gap - words), words, object,
				 gap + 2)
		   : string_copy(words);
}

/* Who called there is not known any more: nothing of a header of the system's.
 */
static char *words_of_place(struct symbols *symbols, struct code_place at)
{
	struct source_place place = name_of_place(symbols, at);
	char *words = place_is_of_system(&place) ? string_copy("")
						 : place_phrase(&place);

	source_place_free(&place);
	return words;
}

static char *words_of_deed(struct symbols *symbols,
			   const struct blocked_message *part)
{
	struct source_place place = object_place(symbols, part);
	char *words = place_phrase(&place);

	source_place_free(&place);
	return words;
}

/* "; T2 took it in main() a.c:5" */
static char *other_words(struct symbols *symbols,
			 const struct finding_message *message)
{
	const struct blocked_message *other = &message->blocked[1];
	char *thread;
	char *place;
	char *words;

	if (message->blocked_count < 2 ||
	    other->thread == message->blocked[0].thread)
		return string_copy("");
	thread = name_of_thread(other->thread);
	place = words_of_place(symbols, other->place);
	words = text_format("; %s took it%s", thread, place);
	free(thread);
	free(place);
	return words;
}

char *misuse_sentence(struct symbols *symbols,
		      const struct finding_message *message)
{
	const struct blocked_message *part = &message->blocked[0];
	char *thread;
	char *object;
	char *deed;
	char *place;
	char *other;
	char *sentence;

	if (message->blocked_count == 0)
		return string_copy("misuse");
	thread = name_of_thread(part->thread);
	object = object_words(symbols, part);
	if (!object)
		object = string_copy("it");
	deed = with_object(words_of(message->status), object);
	place = words_of_deed(symbols, part);
	other = other_words(symbols, message);
	sentence = text_format("%s %s%s%s", thread, deed, place, other);
	free(thread);
	free(object);
	free(deed);
	free(place);
	free(other);
	return sentence;
}
