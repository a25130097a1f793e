/* What show and replay say to a person. */
#include "report/listing.h"

#include <criterion/criterion.h>

#include "samples.h"
#include "support/snapshot.h"

Test(listing, shows_a_trace_its_picture_and_its_outcome)
{
	struct trace trace = sample_lost_update();
	struct page page;

	page_begin(&page, true, 120);
	listing_print(&page.terminal, "traces/two increments-1.trace", &trace,
		      false);
	snapshot_expect("listing-show.txt", page_end(&page));
	page_fini(&page);
	trace_fini(&trace);
}

static void expect_replay(const char *snapshot, bool reproduced)
{
	struct trace trace = sample_lost_update();
	struct result result = sample_empty(COMMAND_REPLAY);
	struct page page;

	sample_add_outcome(&result, "x", "11", "x = 11\n");
	page_begin(&page, true, 120);
	listing_print_replay(&page.terminal,
			     &(struct listing_replay){
				     .path = "traces/a.trace",
				     .expected = &trace,
				     .actual = &trace,
				     .result = &result,
				     .reproduced = reproduced,
				     .step = 3,
				     .expected_step = "T2 read x",
				     .actual_step = "T2 lock m",
			     });
	snapshot_expect(snapshot, page_end(&page));
	page_fini(&page);
	result_fini(&result);
	trace_fini(&trace);
}

Test(listing, says_that_a_replay_did_the_same)
{
	expect_replay("listing-reproduced.txt", true);
}

Test(listing, says_where_a_replay_diverged)
{
	expect_replay("listing-diverged.txt", false);
}
