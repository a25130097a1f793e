/* The progress line. */
#include "report/progress.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static void expect(const struct progress_figures *figures, const char *expected)
{
	struct buffer text = {0};

	progress_words(&text, figures);
	cr_expect(eq(str, (char *)text.data, (char *)expected));
	buffer_fini(&text);
}

Test(progress, says_how_far_along_a_search_is)
{
	expect(&(struct progress_figures){.phase = "round 2",
					  .executions = 1234567,
					  .per_second = 712000,
					  .outcomes = 3,
					  .findings = 1,
					  .fraction = 0.42,
					  .seconds = 1.7},
	       "round 2  1,234,567 executions, 712,000/s, 3 outcomes, 1 "
	       "finding, 42 %, 1.70 s");
}

Test(progress, guesses_how_many_there_will_be)
{
	expect(&(struct progress_figures){.executions = 1234,
					  .estimate = {4321, 43210},
					  .fraction = -1},
	       "1,234 executions of about 4,300 to 43,000, 0 outcomes, "
	       "0.00 s");
}

Test(progress, says_nothing_of_what_is_not_known)
{
	expect(&(struct progress_figures){.executions = 1, .fraction = -1},
	       "1 execution, 0 outcomes, 0.00 s");
	expect(&(struct progress_figures){.phase = "learning",
					  .fraction = -1,
					  .seconds = 2},
	       "learning  2.00 s");
}

Test(progress, counts_planned_runs)
{
	expect(&(struct progress_figures){.executions = 5,
					  .planned = 10,
					  .fraction = -1},
	       "5 executions, 0 outcomes, 50 %, 0.00 s");
}
