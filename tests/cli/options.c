/* From argv to options. */
#include "cli/options.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <string.h>

#include "cli/option_value.h"
#include "trace/result.h"

#define WORDS_MAX 16

/* Parses words that are separated by spaces. They outlive the options. */
static int parse(struct options *options, enum subcommand command,
		 const char *words)
{
	static char copy[400];
	char *argv[WORDS_MAX + 1] = {0};
	int argc = 0;

	snprintf(copy, sizeof(copy), "%s", words);
	for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
		argv[argc++] = word;
	return options_parse(options, command, argc, argv);
}

static void expect_complaint(enum subcommand command, const char *words,
			     const char *complaint)
{
	struct options options;

	cr_redirect_stderr();
	cr_expect(eq(int, parse(&options, command, words), -1), "%s", words);
	fflush(stderr);
	cr_expect_stderr_eq_str(complaint);
	options_fini(&options);
}

Test(options, start_with_what_the_help_says)
{
	struct options options;

	cr_assert(zero(int, parse(&options, SUBCOMMAND_CHECK, "check a.c")));
	cr_expect(eq(str, (char *)options.strategy, "auto"));
	cr_expect(eq(u64, options.max_steps, 1000000));
	cr_expect(eq(u64, options.max_traces, 100));
	cr_expect(eq(str, (char *)options.output, "traces/"));
	cr_expect(eq(str, (char *)options.format, "text"));
	cr_expect(not(options.preemptions.given));
	options_fini(&options);

	cr_assert(zero(int, parse(&options, SUBCOMMAND_SAMPLE, "sample a.c")));
	cr_expect(eq(u64, options.runs, 10000));
	cr_expect(eq(u64, options.max_steps, 10000000));
	cr_expect(eq(u64, options.seed, 1));
	options_fini(&options);

	cr_assert(zero(int, parse(&options, SUBCOMMAND_NATIVE, "native a.c")));
	cr_expect(eq(u64, options.runs, 10));
	cr_expect(eq(dbl, options.run_timeout, 10));
	options_fini(&options);
}

Test(options, may_stand_before_and_after_the_program)
{
	struct options options;

	cr_assert(zero(int, parse(&options, SUBCOMMAND_CHECK,
				  "check --watch x a.c --watch=y b.c")));
	cr_assert(eq(sz, options.operands.count, 2));
	cr_expect(eq(str, (char *)options.operands.at[0], "a.c"));
	cr_expect(eq(str, (char *)options.operands.at[1], "b.c"));
	cr_assert(eq(sz, options.watches.count, 2));
	cr_expect(eq(str, (char *)options.watches.at[0], "x"));
	cr_expect(eq(str, (char *)options.watches.at[1], "y"));
	options_fini(&options);
}

Test(options, leave_what_follows_two_dashes_to_the_program)
{
	struct options options;

	cr_assert(zero(int, parse(&options, SUBCOMMAND_CHECK,
				  "check a.c -- 2 --watch x --")));
	cr_expect(eq(sz, options.operands.count, 1));
	cr_expect(eq(sz, options.watches.count, 0));
	cr_assert(eq(sz, options.arguments.count, 4));
	cr_expect(eq(str, (char *)options.arguments.at[0], "2"));
	cr_expect(eq(str, (char *)options.arguments.at[3], "--"));
	options_fini(&options);
}

Test(options, take_two_dashes_as_an_argument_where_one_is_due)
{
	struct options options;

	cr_assert(zero(int, parse(&options, SUBCOMMAND_CHECK,
				  "check a.c --watch -- -- 2")));
	cr_expect(eq(str, (char *)options.watches.at[0], "--"));
	cr_expect(eq(sz, options.arguments.count, 1));
	options_fini(&options);
}

Test(options, may_be_shortened_as_long_as_they_are_clear)
{
	struct options options;

	cr_assert(zero(
		int, parse(&options, SUBCOMMAND_CHECK, "check a.c --preem 0")));
	cr_expect(options.preemptions.given);
	cr_expect(zero(u64, options.preemptions.most));
	options_fini(&options);
	expect_complaint(SUBCOMMAND_CHECK, "check a.c --max 3",
			 "explorer: option '--max' could be several: "
			 "--max-steps, --max-executions, --max-traces\n");
}

Test(options, suggest_the_nearest_that_there_is)
{
	expect_complaint(SUBCOMMAND_CHECK, "check --wacht=x a.c",
			 "explorer: unknown option '--wacht'; did you mean "
			 "'--watch'?\n");
}

Test(options, suggest_nothing_for_what_resembles_none)
{
	expect_complaint(SUBCOMMAND_CHECK, "check --zzzzzz a.c",
			 "explorer: unknown option '--zzzzzz'\n");
}

Test(options, of_other_sub_commands_are_unknown)
{
	expect_complaint(SUBCOMMAND_CHECK, "check a.c --seed 3",
			 "explorer: unknown option '--seed'\n");
}

Test(options, of_one_letter_are_unknown)
{
	expect_complaint(SUBCOMMAND_CHECK, "check a.c -j 2",
			 "explorer: unknown option '-j'\n");
}

Test(options, need_their_arguments)
{
	expect_complaint(SUBCOMMAND_CHECK, "check a.c --watch",
			 "explorer: option '--watch' needs an argument\n");
}

Test(options, that_are_flags_take_no_argument)
{
	expect_complaint(SUBCOMMAND_CHECK, "check a.c --quiet=yes",
			 "explorer: option '--quiet' takes no argument\n");
}

Test(options, with_numbers_name_their_range)
{
	expect_complaint(SUBCOMMAND_NATIVE, "native a.c --runs 0",
			 "explorer: --runs takes a number from 1 to 1000000, "
			 "not '0'\n");
}

Test(options, with_numbers_take_nothing_but_digits)
{
	static const char *const wrong[] = {"-1", "+1",	 "1e3",
					    " 1", "0x1", "1000001"};
	struct options options = {0};
	const struct option_row *row = option_table;

	cr_redirect_stderr();
	while (strcmp(row->name, "preemptions") != 0)
		row++;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		cr_expect(eq(int, option_set(&options, row, wrong[i]), -1),
			  "%s", wrong[i]);
	cr_expect(eq(int, option_set(&options, row, ""), -1));
	cr_expect(zero(int, option_set(&options, row, "1000000")));
}

Test(options, with_times_know_their_units)
{
	static const struct {
		const char *words;
		double seconds;
	} times[] = {
		{"check a.c --time-limit 500ms", 0.5},
		{"check a.c --time-limit 10s", 10},
		{"check a.c --time-limit 10", 10},
		{"check a.c --time-limit 1.5m", 90},
		{"check a.c --time-limit 2h", 7200},
	};

	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
		struct options options;

		cr_assert(zero(int, parse(&options, SUBCOMMAND_CHECK,
					  times[i].words)));
		cr_expect(epsilon_eq(dbl, options.time_limit, times[i].seconds,
				     1e-9));
		options_fini(&options);
	}
}

Test(options, with_times_refuse_everything_else)
{
	static const char *const wrong[] = {
		"", "s", "3x", "-1s", "1s2", "0s", "9999h", "1.2.3", "1e3"};
	struct options options = {0};
	const struct option_row *row = option_table;

	cr_redirect_stderr();
	while (strcmp(row->name, "time-limit") != 0)
		row++;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		cr_expect(eq(int, option_set(&options, row, wrong[i]), -1),
			  "%s", wrong[i]);
}

Test(options, with_choices_name_them)
{
	expect_complaint(SUBCOMMAND_SHOW, "show a.trace --format html",
			 "explorer: --format takes text or json or dot, not "
			 "'html'\n");
}

Test(options, with_choices_want_whole_words)
{
	expect_complaint(SUBCOMMAND_SHOW, "show a.trace --format tex",
			 "explorer: --format takes text or json or dot, not "
			 "'tex'\n");
}

Test(options, with_bounds_take_a_number_or_up_to_one)
{
	struct options options;

	cr_assert(zero(int, parse(&options, SUBCOMMAND_CHECK,
				  "check --preemptions up-to 3 a.c "
				  "--delays 2")));
	cr_expect(options.preemptions.up_to);
	cr_expect(eq(u64, options.preemptions.most, 3));
	cr_expect(options.delays.given);
	cr_expect(not(options.delays.up_to));
	cr_expect(eq(u64, options.delays.most, 2));
	cr_expect(eq(sz, options.operands.count, 1));
	options_fini(&options);
}

Test(options, with_bounds_want_a_number_behind_up_to)
{
	expect_complaint(SUBCOMMAND_CHECK, "check --preemptions up-to a.c",
			 "explorer: --preemptions takes a number from 0 to "
			 "1000000, not 'a.c'\n");
}

Test(options, collect_accepted_reasons)
{
	struct options options;

	cr_assert(zero(int, parse(&options, SUBCOMMAND_CHECK,
				  "check a.c --accept limit,bound "
				  "--accept hang")));
	cr_expect(eq(uint, options.accepted,
		     REASON_LIMIT | REASON_BOUND | REASON_HANG));
	options_fini(&options);
}

Test(options, suggest_the_nearest_reason)
{
	expect_complaint(SUBCOMMAND_CHECK, "check a.c --accept bound,limti",
			 "explorer: --accept: there is no reason 'limti'; did "
			 "you mean 'limit'?\n");
}

static bool is_apart(const struct option_row *a, const struct option_row *b)
{
	return strcmp(a->name, b->name) != 0 || !(a->commands & b->commands);
}

Test(options, have_one_row_for_each_sub_command)
{
	for (size_t i = 0; i < option_count; i++)
		for (size_t j = 0; j < i; j++)
			cr_expect(is_apart(&option_table[i], &option_table[j]),
				  "--%s stands twice", option_table[i].name);
}
