/* See snapshot.h. */
#include "support/snapshot.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *snapshot_read(const char *path)
{
	char *text = NULL;
	size_t capacity = 0;
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return strdup("");
	if (getdelim(&text, &capacity, '\0', file) < 0) {
		free(text);
		text = strdup("");
	}
	fclose(file);
	return text;
}

static void snapshot_write(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	cr_assert_not_null(file, "%s cannot be written", path);
	fputs(text, file);
	cr_assert(zero(int, fclose(file)));
}

void snapshot_expect(const char *name, const char *text)
{
	const char *update = getenv("UPDATE_SNAPSHOTS");
	char *path;
	char *kept;

	cr_assert(ge(int, asprintf(&path, "tests/snapshots/%s", name), 0));
	if (update != NULL && strcmp(update, "1") == 0)
		snapshot_write(path, text);
	kept = snapshot_read(path);
	if (strcmp(kept, text) != 0)
		cr_fatal("%s differs\n--- expected\n%s--- actual\n%s", path,
			 kept, text);
	free(kept);
	free(path);
}
