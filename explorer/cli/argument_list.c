/*
 * A list of words that grows.
 */
#include "cli/argument_list.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/text.h"

void argument_list_fini(struct argument_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i]);
	memory_free(list->items, list->capacity * sizeof(*list->items));
	*list = (struct argument_list){0};
}

static void own(struct argument_list *list, char *word)
{
	void *items = list->items;

	memory_reserve(&items, &list->capacity, list->count + 2,
		       sizeof(*list->items));
	list->items = items;
	list->items[list->count++] = word;
	list->items[list->count] = NULL;
}

void argument_list_add(struct argument_list *list, const char *word)
{
	own(list, text_format("%s", word));
}

void argument_list_add_all(struct argument_list *list,
			   const struct argument_list *more)
{
	for (size_t i = 0; i < more->count; i++)
		argument_list_add(list, more->items[i]);
}

void argument_list_add_these(struct argument_list *list, ...)
{
	va_list words;
	const char *word;

	va_start(words, list);
	while ((word = va_arg(words, const char *)))
		argument_list_add(list, word);
	va_end(words);
}

/* Reads one word into *ret_word and returns where it ends. */
static const char *read_word(const char *text, struct buffer *ret_word)
{
	char quote = '\0';

	for (; *text && (quote || !isspace((unsigned char)*text)); text++) {
		if (*text == '\\' && text[1])
			buffer_put(ret_word, ++text, 1);
		else if (quote && *text == quote)
			quote = '\0';
		else if (!quote && (*text == '\'' || *text == '"'))
			quote = *text;
		else
			buffer_put(ret_word, text, 1);
	}
	return text;
}

void argument_list_add_words(struct argument_list *list, const char *text)
{
	struct buffer word = {0};

	for (;;) {
		while (isspace((unsigned char)*text))
			text++;
		if (!*text)
			break;
		buffer_clear(&word);
		text = read_word(text, &word);
		own(list, text_format("%.*s", (int)word.length,
				      word.data ? (char *)word.data : ""));
	}
	buffer_fini(&word);
}
