/* Numbers, places and outcomes in words. */
#include "report/words.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#define EXPECT_PHRASE(phrase, expected)                                        \
	cr_expect(eq(str, (phrase).text, (char *)(expected)))

Test(words, separates_thousands)
{
	EXPECT_PHRASE(words_count(0), "0");
	EXPECT_PHRASE(words_count(999), "999");
	EXPECT_PHRASE(words_count(1000), "1,000");
	EXPECT_PHRASE(words_count(UINT64_MAX), "18,446,744,073,709,551,615");
}

Test(words, counts_one_as_one)
{
	EXPECT_PHRASE(words_counted(1, "run", "runs"), "1 run");
	EXPECT_PHRASE(words_counted(1234, "run", "runs"), "1,234 runs");
}

Test(words, calls_only_all_100_percent_and_only_none_0)
{
	EXPECT_PHRASE(words_share(7, 7), "100 %");
	EXPECT_PHRASE(words_share(999999, 1000000), "99.9 %");
	EXPECT_PHRASE(words_share(1, 1000000), "<0.1 %");
	EXPECT_PHRASE(words_share(0, 10), "0.0 %");
	EXPECT_PHRASE(words_share(1, 8), "12.5 %");
}

Test(words, guesses_in_round_numbers)
{
	EXPECT_PHRASE(words_guess(&(struct guess){12, 123}), "12 to 120");
	EXPECT_PHRASE(words_guess(&(struct guess){1234, 987654}),
		      "1,200 to 990,000");
	EXPECT_PHRASE(words_guess(&(struct guess){4.06e6, 40.6e6}),
		      "4.1 million to 41 million");
	EXPECT_PHRASE(words_guess(&(struct guess){3.1e14, 3.1e15}),
		      "310 trillion to 3.1x10^15");
}

Test(words, fits_the_unit_to_the_time)
{
	EXPECT_PHRASE(words_seconds(0.013), "0.01 s");
	EXPECT_PHRASE(words_seconds(59.4), "59 s");
	EXPECT_PHRASE(words_seconds(200), "3 min 20 s");
}

Test(words, names_signals)
{
	EXPECT_PHRASE(words_signal(11), "SIGSEGV");
	EXPECT_PHRASE(words_signal(999), "signal 999");
}

static void expect_place(const struct source_place *place, const char *expected)
{
	struct buffer text = {0};

	words_place(&text, place);
	cr_expect(eq(str, (char *)text.data, (char *)expected));
	buffer_fini(&text);
}

Test(words, says_as_much_of_a_place_as_is_known)
{
	expect_place(&(struct source_place){(char *)"models/counter.c",
					    (char *)"increment", 14},
		     "increment() counter.c:14");
	expect_place(&(struct source_place){.function = (char *)"f"}, "f()");
	expect_place(&(struct source_place){.file = (char *)"a.c"}, "a.c");
	expect_place(&(struct source_place){0}, "an unknown place");
}

static void expect_escaped(const char *bytes, size_t length, size_t columns,
			   const char *expected)
{
	struct buffer text = {0};

	words_escaped(&text, bytes, length, columns);
	cr_expect(eq(str, (char *)text.data, (char *)expected));
	buffer_fini(&text);
}

Test(words, escapes_what_a_terminal_would_obey)
{
	expect_escaped("a\n\t\033\x7f", 5, 80, "a\\n\\t\\x1b\\x7f");
	expect_escaped("\0", 1, 80, "\\x00");
	expect_escaped("\xc2\x9b", 2, 80, "\\xc2\\x9b");
	expect_escaped("ä\xe4", 3, 80, "ä\\xe4");
	expect_escaped("", 0, 80, "");
}

Test(words, marks_where_something_was_left_out)
{
	expect_escaped("abcdef", 6, 6, "abcdef");
	expect_escaped("abcdefg", 7, 6, "abcdef...");
	expect_escaped("äöüß", 8, 2, "äö...");
}

Test(words, quotes_what_a_shell_would_take_apart)
{
	char *arguments[] = {(char *)"2", (char *)"a b", (char *)"it's",
			     (char *)""};
	struct buffer text = {0};

	words_arguments(&text, arguments, 4);
	cr_expect(eq(str, (char *)text.data, " 2 'a b' 'it'\\''s' ''"));
	buffer_fini(&text);
}

static void expect_ending(const struct outcome *outcome, const char *expected)
{
	struct buffer text = {0};

	words_ending(&text, outcome);
	cr_expect(eq(str, (char *)text.data, (char *)expected));
	buffer_fini(&text);
}

Test(words, says_how_an_execution_ended)
{
	struct value x = {(char *)"x", (char *)"2", VALUE_INTEGER};

	expect_ending(&(struct outcome){.has_status = true}, "exits");
	expect_ending(&(struct outcome){.has_status = true, .status = 3},
		      "exit status 3");
	expect_ending(&(struct outcome){.values = &x, .value_count = 1},
		      "x = 2");
	expect_ending(&(struct outcome){.end = END_CRASH,
					.has_status = true,
					.status = 11,
					.values = &x,
					.value_count = 1},
		      "crash (SIGSEGV), x = 2");
	expect_ending(&(struct outcome){.end = END_DEADLOCK}, "deadlock");
}

Test(words, has_words_for_every_kind_of_finding)
{
	for (int kind = 0; kind < FINDING_COUNT; kind++) {
		cr_expect_not_null(
			words_finding((enum finding_kind)kind, false));
		cr_expect_not_null(
			words_finding((enum finding_kind)kind, true));
	}
}
