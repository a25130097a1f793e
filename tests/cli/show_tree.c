/*
 * explorer show --tree: what was tried, what was left out, and why.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "support/explorer.h"

static unsigned times_said(const char *text, const char *words)
{
	unsigned count = 0;

	for (; (text = strstr(text, words)) != NULL; text++)
		count++;
	return count;
}

/* Lines of standard output that must be there so many times. */
struct said {
	const char *words;
	unsigned times;
};

static void expect(const char *words, const struct said *said)
{
	struct answer answer;

	explorer_words(words, &answer);
	if (answer.run.status != 0)
		cr_fatal("%s\n%s", answer.run.command, answer.run.err);
	for (; said->words != NULL; said++)
		if (times_said(answer.run.out, said->words) != said->times)
			cr_fail("%s\nexpected %u times: %s\n%s",
				answer.run.command, said->times, said->words,
				answer.run.out);
	answer_fini(&answer);
}

/* One increment each: which read comes first, and does the other thread read
 * before the first has written? */
Test(show_tree, shows_each_execution_of_dpor)
{
	expect("show --tree models/counter.c --watch x -- 2 1",
	       (const struct said[]){
		       {" x = 2\n", 2},
		       {" x = 1\n", 2},
		       {"asleep: explored from state 0, and nothing since "
			"conflicts with it",
			1},
		       {"T2 write x = 2", 1},
		       {"models/counter.c:31", 13},
		       {"4 executions, 26 states on the way, 1 step left out",
			1},
		       {NULL, 0}});
}

Test(show_tree, says_what_is_not_needed)
{
	expect("show --tree models/deadlock.c",
	       (const struct said[]){
		       {"T2 lock b  not needed: no race asks for it here", 1},
		       {" deadlock\n", 1},
		       {"3 executions", 1},
		       {NULL, 0}});
}

Test(show_tree, of_dfs_leaves_nothing_out)
{
	expect("show --tree --strategy dfs models/counter.c -- 2 1",
	       (const struct said[]){
		       {" exit 0\n", 6}, {"0 steps left out", 1}, {NULL, 0}});
}

Test(show_tree, says_what_is_beyond_the_bound)
{
	expect("show --tree --strategy dfs --preemptions 0 models/counter.c "
	       "-- 2 1",
	       (const struct said[]){{"T2 read x  beyond the bound", 1},
				     {"T1 read x  beyond the bound", 1},
				     {"2 executions", 1},
				     {NULL, 0}});
}

Test(show_tree, is_drawn_by_graphviz)
{
	expect("show --tree --format dot --watch x models/counter.c -- 2 1",
	       (const struct said[]){
		       {"digraph search {\n", 1},
		       {"s0 -> s1 [label=\"T1 read x = 0\"];", 1},
		       {"[shape=box, style=bold, label=\"x = 2\"];", 2},
		       {"style=dashed", 1},
		       {"\\nasleep: as from 0", 1},
		       {NULL, 0}});
}

Test(show_tree, of_many_executions_is_cut_and_says_so)
{
	struct answer answer;

	explorer_words("show --tree --max-executions 5 models/counter.c -- 2 3",
		       &answer);
	cr_assert(zero(int, answer.run.status));
	cr_assert(eq(uint, times_said(answer.run.out, "5 executions"), 1));
	cr_assert(gt(
		uint,
		times_said(answer.run.out, "open: the search was ended before"),
		0));
	cr_assert(eq(uint,
		     times_said(answer.run.err,
				"these are the first 5 executions of more"),
		     1));
	answer_fini(&answer);
}

static void expect_refusal(const char *words, const char *says)
{
	struct answer answer;

	explorer_words(words, &answer);
	answer_expect_refusal(&answer, says);
	answer_fini(&answer);
}

Test(show_tree, is_of_a_program_and_a_search)
{
	expect_refusal("show --tree", "which program?");
	expect_refusal("show --tree --format json models/counter.c", "json");
	expect_refusal("show --tree --preemptions 1 models/counter.c",
		       "--strategy dfs");
	expect_refusal("show --strategy dfs a.trace", "--tree");
	expect_refusal("show --format dot a.trace", "--tree");
}
