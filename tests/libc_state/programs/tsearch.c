/* A tree, which libc allocates. */
#include <search.h>
#include <string.h>

#include "again.h"

static int by_text(const void *left, const void *right)
{
	return strcmp(left, right);
}

static void use(const char *when)
{
	static void *root;
	char *const *found = tfind("key", &root, by_text);

	printf("%s %s\n", when, found ? *found : "none");
	tsearch("key", &root, by_text);
}
