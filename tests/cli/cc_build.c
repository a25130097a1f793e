/*
 * A C file is compiled once; and anew whenever something that goes into it
 * has changed.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/cc.h"
#include "support/explorer.h"

/* The sources, and the cache that these tests use in place of the user's. */
static char *folder;
static char *source;

static void open_folder(void)
{
	char *cache;
	char *place;

	folder = scratch_folder("cc_build");
	free(scratch_write(folder, "value.h", "#define VALUE 1\n"));
	source = scratch_write(folder, "program.c",
			       "#include \"value.h\"\n"
			       "#ifndef MORE\n"
			       "#define MORE 0\n"
			       "#endif\n"
			       "int x;\n"
			       "int main(void)\n"
			       "{\n"
			       "\tx = VALUE + MORE;\n"
			       "\treturn x;\n"
			       "}\n");
	/* A relative one would not count. */
	place = realpath(folder, NULL);
	cache = text_format("%s/cache", place);
	setenv("XDG_CACHE_HOME", cache, 1);
	free(cache);
	free(place);
}

static void close_folder(void)
{
	free(source);
	scratch_remove(folder);
}

TestSuite(cc_build, .init = open_folder, .fini = close_folder);

/* Builds, and returns the executable; the test fails if that cannot be. */
static char *built(const struct cc_build *build)
{
	char *executable = NULL;
	char *messages = NULL;

	cr_assert(eq(int, cc_build(build, &executable, &messages), 0), "%s",
		  messages);
	cr_expect(eq(str, messages, ""));
	free(messages);
	return executable;
}

static struct cc_build one_source(const char *cflags)
{
	return (struct cc_build){.sources = (const char *const *)&source,
				 .source_count = 1,
				 .cflags = cflags};
}

static int status_of(const char *executable)
{
	return WEXITSTATUS(system(executable));
}

/* Whether the two executables are the same file. */
static bool is_same(const char *executable, const struct cc_build *build)
{
	char *other = built(build);
	bool same = strcmp(executable, other) == 0;

	free(other);
	return same;
}

Test(cc_build, makes_a_program_that_runs)
{
	struct cc_build build = one_source(NULL);
	char *executable = built(&build);

	cr_expect(eq(int, status_of(executable), 1));
	cr_expect(strstr(executable, "/cache/explorer/program-") != NULL);
	free(executable);
}

Test(cc_build, compiles_the_same_thing_once)
{
	struct cc_build build = one_source("-DMORE=1");
	char *executable = built(&build);
	struct stat before;
	struct stat after;

	cr_assert(eq(int, stat(executable, &before), 0));
	cr_expect(is_same(executable, &build));
	cr_assert(eq(int, stat(executable, &after), 0));
	cr_expect(before.st_ino == after.st_ino);
	free(executable);
}

Test(cc_build, compiles_anew_when_a_header_changes)
{
	struct cc_build build = one_source(NULL);
	char *executable = built(&build);
	char *other;

	free(scratch_write(folder, "value.h", "#define VALUE 5\n"));
	other = built(&build);
	cr_expect(eq(int, status_of(other), 5));
	cr_expect(eq(int, status_of(executable), 1));
	free(other);
	free(executable);
}

Test(cc_build, tells_flags_apart)
{
	struct cc_build build = one_source(NULL);
	struct cc_build more = one_source("-DMORE=2 -O2");
	struct cc_build unused = one_source("-O2");
	struct cc_build optimised = build;
	struct cc_build plain = build;
	char *executable = built(&build);
	char *other = built(&more);

	optimised.keep_optimisation = true;
	plain.plain = true;
	cr_expect(eq(int, status_of(other), 3));
	cr_expect(not(is_same(executable, &unused)));
	cr_expect(not(is_same(executable, &optimised)));
	cr_expect(not(is_same(executable, &plain)));
	free(other);
	free(executable);
}

Test(cc_build, tells_compilers_apart)
{
	struct cc_build build = one_source(NULL);
	char *executable = built(&build);

	if (system("command -v clang >/dev/null") != 0)
		cr_skip_test("clang is not installed");
	setenv("EXPLORER_CC", "clang", 1);
	cr_expect(not(is_same(executable, &build)));
	unsetenv("EXPLORER_CC");
	free(executable);
}

Test(cc_build, makes_plain_programs_without_hooks)
{
	struct cc_build build = one_source(NULL);
	char *executable;
	char *command;

	build.plain = true;
	executable = built(&build);
	cr_expect(eq(int, status_of(executable), 1));
	command = text_format("nm -D %s | grep -q tsan", executable);
	cr_expect(ne(int, system(command), 0));
	free(command);
	command = text_format("ldd %s | grep -q libexplorer", executable);
	cr_expect(ne(int, system(command), 0));
	free(command);
	free(executable);
}

Test(cc_build, takes_several_files)
{
	char *second = scratch_write(folder, "second.c",
				     "int f(void)\n"
				     "{\n"
				     "\treturn 6;\n"
				     "}\n");
	char *first = scratch_write(folder, "first.c",
				    "int f(void);\n"
				    "int main(void) { return f(); }\n");
	struct cc_build build = {.sources =
					 (const char *const[]){first, second},
				 .source_count = 2};
	char *executable = built(&build);

	cr_expect(eq(int, status_of(executable), 6));
	free(executable);
	free(second);
	free(first);
}

Test(cc_build, hands_over_what_the_compiler_says)
{
	char *bad = scratch_write(folder, "bad.c", "int main(void) { y; }\n");
	struct cc_build build = {.sources = (const char *const *)&bad,
				 .source_count = 1};
	char *executable = NULL;
	char *messages = NULL;
	char *found;

	/* The sentence of ours is not for this test's own output. */
	cr_redirect_stderr();
	cr_assert(eq(int, cc_build(&build, &executable, &messages), -1));
	cr_expect(executable == NULL);
	cr_expect(strstr(messages, "bad.c:1") != NULL, "%s", messages);
	free(messages);
	found = text_format("ls -A %s/cache/explorer | grep -q bad", folder);
	cr_expect(ne(int, system(found), 0), "left a part of a program");
	free(found);
	free(bad);
}

Test(cc_build, may_be_asked_by_two_processes_at_once)
{
	struct cc_build build = one_source("-DMORE=3");
	pid_t child = fork();
	char *executable;
	int status;

	if (child == 0) {
		char *messages;
		int result = cc_build(&build, &executable, &messages);

		_exit(result == 0 && status_of(executable) == 4 ? 0 : 1);
	}
	executable = built(&build);
	cr_expect(eq(int, status_of(executable), 4));
	cr_assert(eq(int, waitpid(child, &status, 0), child));
	cr_expect(eq(int, status, 0));
	free(executable);
}

Test(cc_build, finds_another_place_where_the_cache_cannot_be_written)
{
	struct cc_build build = one_source(NULL);
	char *start = text_format("/tmp/explorer-%u/", (unsigned)geteuid());
	char *executable;

	setenv("XDG_CACHE_HOME", "/proc/nowhere", 1);
	executable = built(&build);
	cr_expect(eq(int, strncmp(executable, start, strlen(start)), 0), "%s",
		  executable);
	cr_expect(eq(int, status_of(executable), 1));
	unlink(executable);
	free(executable);
	free(start);
}
