/*
 * "Did you mean".
 */
#include "cli/nearest.h"

#include <string.h>

#include "base/text.h"

void nearest_try(struct nearest *nearest, const char *name)
{
	unsigned distance = text_distance(nearest->word, name);
	size_t length = strlen(nearest->word);

	/* Half of a word mistyped is another word. */
	if (distance > length / 2)
		return;
	if (nearest->name && distance >= nearest->distance)
		return;
	nearest->name = name;
	nearest->distance = distance;
}

void nearest_suggest(struct buffer *text, const struct nearest *nearest,
		     const char *prefix)
{
	if (nearest->name)
		text_add(text, "; did you mean '%s%s'?", prefix, nearest->name);
	else
		text_add(text, "%s", "");
}
