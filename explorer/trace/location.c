/*
 * Names as locations. See location.h.
 */
#include "trace/location.h"

#include <string.h>

struct location location_of_name(const char *name)
{
	struct location location = {.kind = LOCATION_NAMED};
	char bytes[LOCATION_NAME_BYTES] = {0};
	size_t length = strlen(name);

	memcpy(bytes, name, length < sizeof(bytes) ? length : sizeof(bytes));
	memcpy(&location.owner, bytes, 4);
	memcpy(&location.number, bytes + 4, 4);
	memcpy(&location.offset, bytes + 8, 8);
	return location;
}

void location_name(const struct location *location,
		   char ret_name[LOCATION_NAME_BYTES + 1])
{
	memcpy(ret_name, &location->owner, 4);
	memcpy(ret_name + 4, &location->number, 4);
	memcpy(ret_name + 8, &location->offset, 8);
	ret_name[LOCATION_NAME_BYTES] = '\0';
}
