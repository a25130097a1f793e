/*
 * The map in explorer/main.c: it is of use only as long as it is whole.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

/* The part of the map that begins with "layer/"; to be freed. */
static char *section_of(const char *map, const char *layer)
{
	char *title;
	const char *begin;
	const char *end;

	cr_assert(ge(int, asprintf(&title, "\n * %s/ - ", layer), 0));
	begin = strstr(map, title);
	cr_assert_not_null(begin, "explorer/main.c has no map of %s/", layer);
	begin += strlen(title);
	for (end = strchr(begin, '\n'); strncmp(end, "\n *  ", 5) == 0;)
		end = strchr(end + 1, '\n');
	free(title);
	return strndup(begin, (size_t)(end - begin));
}

static bool is_word(const char *at, size_t length, const char *text)
{
	const char *const ends = " ,;:()\n";

	return at > text && strchr(ends, at[-1]) && strchr(ends, at[length]);
}

static bool is_named(const char *section, const char *stem)
{
	size_t length = strlen(stem);

	for (const char *at = section; (at = strstr(at, stem)); at += length)
		if (is_word(at, length, section))
			return true;
	return false;
}

static void check_file(const char *map, const char *path)
{
	char *copy = strdup(path);
	char *layer = strchr(copy, '/') + 1;
	char *name = strchr(layer, '/') + 1;
	char *section;

	name[-1] = '\0';
	if (strcmp(strrchr(name, '.'), ".def") != 0 &&
	    strcmp(strrchr(name, '.'), ".specs") != 0)
		*strrchr(name, '.') = '\0';
	section = section_of(map, layer);
	cr_expect(is_named(section, name),
		  "the map in explorer/main.c lacks %s", path);
	free(section);
	free(copy);
}

Test(map, names_every_file)
{
	char *map = scratch_read("explorer/main.c");
	glob_t files;

	cr_assert(zero(int, glob("explorer/*/*.*", 0, NULL, &files)));
	for (size_t i = 0; i < files.gl_pathc; i++)
		check_file(map, files.gl_pathv[i]);
	globfree(&files);
	free(map);
}
