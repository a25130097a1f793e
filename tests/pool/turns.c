/*
 * Two searches by fake children that take turns: who answers, and what of the
 * other is reported.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "run.h"

static struct search two_searches(void)
{
	struct search search = fake_search();

	search.strategy = "dpor";
	search.rival = "states";
	search.is_chosen = true;
	return search;
}

Test(turns, are_not_begun_where_the_first_one_ends_within_its_own)
{
	struct search search = two_searches();
	struct result result = search_scenario("plain", &search);

	cr_assert(eq(str, result.strategy, "dpor"));
	cr_assert(zero(ptr, (void *)result.rival));
	cr_assert(eq(u64, result.executions, 34));
	cr_assert(eq(u32, result.incomplete_because, 0));
	result_fini(&result);
}

Test(turns, are_taken_until_one_ends_and_what_is_learned_is_shared)
{
	struct search search = two_searches();
	struct result result = search_scenario("turns", &search);

	cr_assert(eq(str, result.strategy, "states"));
	cr_assert(eq(str, (char *)result.rival, "dpor"));
	cr_assert(eq(u32, result.incomplete_because, 0));
	/* What the other one has not come to the end of is no outcome. */
	cr_assert(eq(sz, result.outcome_count, 2));
	cr_assert(zero(ptr, (void *)outcome_with(&result, "3")));
	result_fini(&result);
}

Test(turns, lose_no_finding_of_the_later_one)
{
	struct search search = two_searches();
	struct result result = search_scenario("turns", &search);
	const struct finding *race = finding_of(&result, FINDING_DATA_RACE);

	cr_assert(eq(sz, finding_count(&result, FINDING_DATA_RACE), 1));
	cr_assert(eq(u64, race->count, 0), "in how many is not known");
	cr_assert(eq(int, result.verdict, VERDICT_FINDINGS));
	result_fini(&result);
}

Test(turns, end_where_one_does_not_know_all_and_the_other_goes_on)
{
	struct search search = two_searches();
	struct result result = search_scenario("turns-alone", &search);

	cr_assert(eq(str, result.strategy, "dpor"));
	cr_assert(eq(str, (char *)result.rival, "states"));
	cr_assert(eq(u32, result.incomplete_because, 0));
	cr_assert(eq(u64, outcome_with(&result, "4")->count, 7));
	result_fini(&result);
}

Test(turns, end_where_one_was_cut_off_and_the_other_does_not_get_further)
{
	struct search search = two_searches();
	struct result result = search_scenario("turns-cut", &search);

	cr_assert(eq(str, result.strategy, "dpor"));
	cr_assert(eq(u32, result.incomplete_because, REASON_LIMIT));
	cr_assert(eq(u64, outcome_with(&result, "4")->count, 7));
	result_fini(&result);
}
