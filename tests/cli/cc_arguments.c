/*
 * What is understood of a compiler's command line.
 */
#include "cli/cc_arguments.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/* Reads the words of a text as a command line. */
static struct cc_arguments read_words(const char *text)
{
	struct argument_list list = {0};
	struct cc_arguments arguments;

	argument_list_add_words(&list, text);
	cc_arguments_read(list.items, &arguments);
	argument_list_fini(&list);
	return arguments;
}

#define EXPECT_FACT(text, fact, expected)                                      \
	do {                                                                   \
		struct cc_arguments arguments = read_words(text);              \
		cr_expect(eq(int, arguments.fact, expected), "%s: " #fact,     \
			  text);                                               \
		cc_arguments_fini(&arguments);                                 \
	} while (0)

Test(cc_arguments, know_when_there_is_nothing_to_compile)
{
	EXPECT_FACT("--version", has_inputs, false);
	EXPECT_FACT("-o x -I folder", has_inputs, false);
	EXPECT_FACT("-lm", has_inputs, true);
	EXPECT_FACT("x.c", has_inputs, true);
	EXPECT_FACT("-", has_inputs, true);
}

Test(cc_arguments, take_no_value_of_an_option_for_a_file)
{
	EXPECT_FACT("-o x.c -MF y.c -include z.c", has_sources, false);
	EXPECT_FACT("-Xlinker -c x.o", links, true);
	EXPECT_FACT("-o -static x.o", is_static, false);
}

Test(cc_arguments, know_sources_from_what_is_linked)
{
	EXPECT_FACT("x.o y.a z.so z.so.1.2 program", has_sources, false);
	EXPECT_FACT("x.o y.cpp", has_sources, true);
	EXPECT_FACT("x.S", has_sources, true);
	EXPECT_FACT("-xc file", has_sources, true);
	EXPECT_FACT("./a.folder/program", has_sources, false);
}

Test(cc_arguments, know_when_nothing_is_linked)
{
	EXPECT_FACT("x.c", links, true);
	EXPECT_FACT("-shared x.o", links, true);
	EXPECT_FACT("-c x.c", links, false);
	EXPECT_FACT("-E x.c", links, false);
	EXPECT_FACT("x.c -S", links, false);
	EXPECT_FACT("-MM x.c", links, false);
	EXPECT_FACT("-MMD x.c", links, true);
	EXPECT_FACT("-r x.o y.o", links, false);
}

Test(cc_arguments, know_debug_options)
{
	EXPECT_FACT("x.c", has_debug, false);
	EXPECT_FACT("-g0 x.c", has_debug, true);
	EXPECT_FACT("-ggdb3 x.c", has_debug, true);
}

Test(cc_arguments, leave_out_what_is_meant_for_us)
{
	struct cc_arguments arguments =
		read_words("--keep-optimisation -fsanitize=thread "
			   "-fsanitize=undefined,thread,leak x.c");

	cr_expect(arguments.keep_optimisation);
	cr_expect(arguments.asked_for_tsan);
	cr_assert(eq(sz, arguments.words.count, 2));
	cr_expect(
		eq(str, arguments.words.items[0], "-fsanitize=undefined,leak"));
	cr_expect(eq(str, arguments.words.items[1], "x.c"));
	cc_arguments_fini(&arguments);
}

Test(cc_arguments, leave_everything_else_in_its_order)
{
	struct cc_arguments arguments = read_words("-Wl,a x.c -o y -lz -w");
	static const char *const expected[] = {"-Wl,a", "x.c", "-o",
					       "y",	"-lz", "-w"};

	cr_assert(eq(sz, arguments.words.count, 6));
	for (size_t i = 0; i < 6; i++)
		cr_expect(
			eq(str, arguments.words.items[i], (char *)expected[i]));
	cc_arguments_fini(&arguments);
}

Test(cc_arguments, keep_the_name_of_a_response_file_that_is_not_there)
{
	struct cc_arguments arguments = read_words("@/no/such/file x.c");

	cr_assert(eq(sz, arguments.words.count, 2));
	cr_expect(eq(str, arguments.words.items[0], "@/no/such/file"));
	cc_arguments_fini(&arguments);
}
