/*
 * Names of things. See thing.h.
 */
#include "symbols/thing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char *const names[] = {
	[THING_KEYS] = "keys",	      [THING_KEY] = "key",
	[THING_END] = "end",	      [THING_SETTINGS] = "settings",
	[THING_NAME] = "name",	      [THING_CANCEL] = "cancel",
	[THING_WATCH] = "watch",      [THING_EXIT] = "exit handlers",
	[THING_MASK] = "signal mask", [THING_SIGNALS] = "signals",
	[THING_LIBC] = "libc",
};

_Static_assert(sizeof(names) / sizeof(names[0]) == THINGS,
	       "each kind has a name");

static const char *const of_libc[] = {
	[LIBC_STRTOK] = "strtok()'s place in its text",
	[LIBC_LOCALTIME] = "localtime()'s result",
	[LIBC_ASCTIME] = "asctime()'s result",
	[LIBC_ENVIRONMENT] = "the environment",
};

_Static_assert(sizeof(of_libc) / sizeof(of_libc[0]) == LIBC_STATES,
	       "each has a name");

static const char *const of_signals[] = {
	[SIGNALS_QUEUE] = "signals",
	[SIGNALS_ARRIVAL] = "the process",
};

_Static_assert(sizeof(of_signals) / sizeof(of_signals[0]) == SIGNALS_PARTS,
	       "each has a name");

/* Kinds of which each thing has a name of its own. */
static const struct named {
	const char *const *names;
	uint32_t count;
} named[THINGS] = {
	[THING_LIBC] = {of_libc, LIBC_STATES},
	[THING_SIGNALS] = {of_signals, SIGNALS_PARTS},
};

void thing_name(struct location location, struct buffer *text)
{
	if (location.owner < THINGS &&
	    location.number < named[location.owner].count)
		text_add(text, "%s",
			 named[location.owner].names[location.number]);
	else
		text_add(text, "%s %" PRIu32,
			 location.owner < THINGS ? names[location.owner]
						 : "thing",
			 location.number);
}

static bool locate_named(const char *name, uint32_t thing,
			 struct location *ret_location)
{
	for (uint32_t number = 0; number < named[thing].count; number++) {
		if (strcmp(name, named[thing].names[number]) != 0)
			continue;
		*ret_location = (struct location){.kind = LOCATION_THING,
						  .owner = thing,
						  .number = number};
		return true;
	}
	return false;
}

bool thing_locate(const char *name, struct location *ret_location)
{
	for (uint32_t thing = 0; thing < THINGS; thing++) {
		size_t length = strlen(names[thing]);
		uint32_t number;
		int end = 0;

		if (locate_named(name, thing, ret_location))
			return true;
		if (strncmp(name, names[thing], length) != 0 ||
		    sscanf(name + length, " %" SCNu32 "%n", &number, &end) <
			    1 ||
		    name[length + (size_t)end])
			continue;
		*ret_location = (struct location){.kind = LOCATION_THING,
						  .owner = thing,
						  .number = number};
		return true;
	}
	return false;
}
