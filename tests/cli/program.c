/* What the user named as a program. */
#include "cli/program.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/redirect.h>
#include <stdio.h>

static void expect_refusal(const struct options *options,
			   const char *const *names, size_t count,
			   const char *complaint)
{
	struct strings operands = {0};
	struct program program;

	for (size_t i = 0; i < count; i++)
		strings_add(&operands, names[i]);
	cr_redirect_stderr();
	cr_expect(eq(int, program_open(options, &operands, &program), -1));
	fflush(stderr);
	cr_expect_stderr_eq_str(complaint);
	strings_fini(&operands);
}

#define EXPECT_REFUSAL(complaint, ...)                                         \
	expect_refusal(                                                        \
		&(struct options){0}, (const char *const[]){__VA_ARGS__},      \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *),   \
		complaint)

Test(program, has_to_be_named)
{
	expect_refusal(&(struct options){0}, NULL, 0,
		       "explorer: which program? Name a C file, or an "
		       "executable that was built with explorer cc\n");
}

Test(program, that_is_no_file_is_refused)
{
	EXPECT_REFUSAL("explorer: there is no file 'no/such'\n", "no/such");
}

Test(program, whose_c_file_is_missing_is_refused)
{
	EXPECT_REFUSAL("explorer: cannot read 'no/such.c': No such file or "
		       "directory\n",
		       "no/such.c");
}

Test(program, that_is_text_is_refused)
{
	EXPECT_REFUSAL("explorer: '/etc/passwd' is neither a C file (whose "
		       "name ends in .c) nor an executable: name one of "
		       "these\n",
		       "/etc/passwd");
}

Test(program, that_is_a_folder_is_refused)
{
	EXPECT_REFUSAL("explorer: '/tmp' is neither a C file (whose name ends "
		       "in .c) nor an executable: name one of these\n",
		       "/tmp");
}

Test(program, that_was_built_without_explorer_cc_is_refused)
{
	EXPECT_REFUSAL("explorer: '/bin/true' was not built with explorer cc: "
		       "build it with explorer cc -g -pthread, or name its C "
		       "files\n",
		       "/bin/true");
}

Test(program, whose_cplusplus_file_is_missing_is_refused)
{
	EXPECT_REFUSAL("explorer: cannot read 'no/such.cpp': No such file or "
		       "directory\n",
		       "no/such.cpp");
}

Test(program, gets_its_arguments_behind_two_dashes)
{
	EXPECT_REFUSAL("explorer: '2' is no C file, and 'models/counter.c' is "
		       "one: the program's own arguments come after --\n",
		       "models/counter.c", "2");
}

Test(program, is_one_executable_at_a_time)
{
	EXPECT_REFUSAL("explorer: one executable at a time, and not '2' as "
		       "well: the program's own arguments come after --\n",
		       "/bin/true", "2");
}

Test(program, needs_its_input)
{
	const char *name = "counter.c";

	expect_refusal(&(struct options){.input = "no/such"}, &name, 1,
		       "explorer: --stdin: cannot read 'no/such': No such file "
		       "or directory\n");
}

Test(program, without_hooks_may_be_any_executable)
{
	struct options options = {.plain = true};
	struct strings operands = {0};
	struct program program;

	strings_add(&operands, "/bin/true");
	cr_assert(zero(int, program_open(&options, &operands, &program)));
	cr_expect(eq(str, program.executable, "/bin/true"));
	cr_expect(program.optimised);
	program_close(&program);
	strings_fini(&operands);
}

Test(program, is_known_by_the_last_part_of_its_path)
{
	struct program program = {.name = (char *)"models/counter.c"};

	cr_expect(program_is_called(&program, "counter"));
	cr_expect(program_is_called(&program, "/elsewhere/counter.c"));
	cr_expect(not(program_is_called(&program, "counter_lock.c")));
}
