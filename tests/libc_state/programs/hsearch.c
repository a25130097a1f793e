/* The one hash table. */
#include <search.h>
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	static int made;
	ENTRY entry = {"key", NULL};
	ENTRY *found;

	if (!made++)
		hcreate(10);
	found = hsearch(entry, FIND);
	printf("%s %s\n", when, found ? (char *)found->data : "none");
	entry.data = (char *)when;
	hsearch(entry, ENTER);
}
