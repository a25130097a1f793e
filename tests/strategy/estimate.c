/*
 * Guesses at the size of a search are finite numbers, or none.
 */
#include "strategy/estimate.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <float.h>

Test(estimate, lies_around_what_was_seen)
{
	const struct estimate known = estimate_of_known(1000);
	const struct estimate planned = estimate_of_planned(1000);

	cr_assert(lt(dbl, known.low, 1000));
	cr_assert(gt(dbl, known.high, 1000));
	cr_assert(lt(dbl, planned.low, 1000));
	cr_assert(gt(dbl, planned.high, 1000));
}

Test(estimate, says_nothing_of_what_is_no_number)
{
	const double sizes[] = {DBL_MAX, DBL_MAX * 2};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		cr_assert(zero(dbl, estimate_of_known(sizes[i]).high));
		cr_assert(zero(dbl, estimate_of_planned(sizes[i]).high));
	}
}
