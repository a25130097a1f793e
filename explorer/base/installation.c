/*
 * The executable's own place, from /proc, is the only fixed point: neither the
 * current folder nor PATH says where we were built or installed.
 */
#include "base/installation.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

static char *find_in(const char *folder, const char *below, const char *file)
{
	char *path = text_format("%s/%s%s", folder, below, file);
	char *resolved = realpath(path, NULL);

	free(path);
	return resolved;
}

char *installation_find(const char *file)
{
	char folder[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", folder, sizeof(folder) - 1);
	char *found;

	if (length <= 0)
		return NULL;
	folder[length] = '\0';
	*strrchr(folder, '/') = '\0';
	found = find_in(folder, "", file);
	return found ? found : find_in(folder, "../lib/explorer/", file);
}
