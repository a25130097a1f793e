/*
 * Names of things. See thing.h.
 */
#include "symbols/thing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const names[] = {
	[THING_KEYS] = "keys",	 [THING_KEY] = "key",
	[THING_END] = "end",	 [THING_SETTINGS] = "settings",
	[THING_NAME] = "name",	 [THING_CANCEL] = "cancel",
	[THING_WATCH] = "watch",
};

_Static_assert(sizeof(names) / sizeof(names[0]) == THINGS,
	       "each kind has a name");

const char *thing_name(struct location location)
{
	return location.owner < THINGS ? names[location.owner] : "thing";
}

bool thing_locate(const char *name, struct location *ret_location)
{
	for (uint32_t thing = 0; thing < THINGS; thing++) {
		size_t length = strlen(names[thing]);
		uint32_t number;
		int end = 0;

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
