#include "symbols/file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Where the last part of the path so far begins, its slash included. */
static char *last_part(char *path, char *end)
{
	while (end > path && *--end != '/')
		;
	return end;
}

/* Takes "." and ".." and double slashes out, in place. As text only: the file
 * need not exist here. */
static void normalise(char *path)
{
	bool is_absolute = path[0] == '/';
	char *write = path;
	const char *read = path;

	while (*read) {
		size_t length = strcspn(read, "/");

		if (is_absolute && length == 2 && read[0] == '.' &&
		    read[1] == '.') {
			write = last_part(path, write);
		} else if (length > 0 && !(length == 1 && read[0] == '.')) {
			if (write > path || is_absolute)
				*write++ = '/';
			memmove(write, read, length);
			write += length;
		}
		read += length;
		read += *read == '/';
	}
	*write = '\0';
}

char *file_absolute(const char *folder, const char *path)
{
	char *joined = path[0] == '/' || !folder
			       ? text_format("%s", path)
			       : text_format("%s/%s", folder, path);

	normalise(joined);
	return joined;
}

/* The rest of the path behind the folder, or NULL if it is not in there. */
static const char *path_below(const char *folder, const char *path)
{
	size_t length = strlen(folder);

	if (strncmp(folder, path, length) != 0)
		return NULL;
	if (length > 0 && folder[length - 1] == '/')
		return path + length;
	return path[length] == '/' ? path + length + 1 : NULL;
}

char *file_shown(const char *current, const char *path)
{
	const char *below = current ? path_below(current, path) : NULL;
	char *real = NULL;
	char *shown;

	/* It may have been compiled through a symbolic link. */
	if (current && !below) {
		real = realpath(path, NULL);
		below = real ? path_below(current, real) : NULL;
	}
	shown = text_format("%s", below ? below : path);
	free(real);
	return shown;
}
