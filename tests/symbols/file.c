#include "symbols/file.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "symbols/fixture.h"

static void check_absolute(const char *folder, const char *path,
			   const char *expected)
{
	char *actual = file_absolute(folder, path);

	cr_expect(eq(str, actual, (char *)expected));
	free(actual);
}

static void check_shown(const char *current, const char *path,
			const char *expected)
{
	char *actual = file_shown(current, path);

	cr_expect(eq(str, actual, (char *)expected));
	free(actual);
}

Test(file, is_seen_from_the_folder_it_was_compiled_in)
{
	check_absolute("/home/ann", "a.c", "/home/ann/a.c");
	check_absolute("/home/ann", "/usr/a.c", "/usr/a.c");
	check_absolute(NULL, "src/a.c", "src/a.c");
}

Test(file, has_no_dots)
{
	check_absolute("/home/ann/build", "../src/./a.c", "/home/ann/src/a.c");
	check_absolute("/home", "../../../a.c", "/a.c");
	check_absolute("/home", "x//y/.../a..c", "/home/x/y/.../a..c");
	check_absolute(NULL, "../a.c", "../a.c");
}

Test(file, is_relative_below_the_current_folder_only)
{
	check_shown("/home/ann", "/home/ann/src/a.c", "src/a.c");
	check_shown("/home/ann", "/home/anna/a.c", "/home/anna/a.c");
	check_shown("/home/ann", "/home/a.c", "/home/a.c");
	check_shown("/", "/home/a.c", "home/a.c");
	check_shown(NULL, "/home/a.c", "/home/a.c");
}

Test(file, is_relative_through_a_symbolic_link, .init = fixture_begin,
     .fini = fixture_end)
{
	char *folder = fixture_path("folder");
	char *link = fixture_path("link");
	char *source = text_format("%s/a.c", folder);
	char *through = text_format("%s/a.c", link);
	FILE *file;

	cr_assert(eq(int, mkdir(folder, 0700), 0));
	cr_assert(eq(int, symlink(folder, link), 0));
	file = fopen(source, "w");
	cr_assert(file != NULL);
	fclose(file);
	check_shown(folder, through, "a.c");
	check_shown(link, through, "a.c");
	cr_assert(eq(int, unlink(source), 0));
	check_shown(folder, through, through);
	free(folder);
	free(link);
	free(source);
	free(through);
}
