/* An execution as a picture. */
#include "report/interleaving.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "report/listing.h"
#include "samples.h"
#include "support/snapshot.h"

static void expect(const char *snapshot, const struct trace *trace, bool utf8,
		   unsigned width)
{
	struct page page;

	page_begin(&page, utf8, width);
	interleaving_print(&page.terminal, trace, false);
	snapshot_expect(snapshot, page_end(&page));
	page_fini(&page);
}

Test(interleaving, draws_a_column_a_thread)
{
	struct trace trace = sample_lost_update();

	expect("interleaving.txt", &trace, true, 120);
	expect("interleaving-ascii.txt", &trace, false, 120);
	trace_fini(&trace);
}

Test(interleaving, puts_the_thread_in_front_where_columns_do_not_fit)
{
	struct trace trace = sample_lost_update();

	for (uint32_t thread = 3; thread < 12; thread++)
		sample_add_step(&trace, thread, OP_MUTEX_LOCK, "m", 0, 0);
	expect("interleaving-narrow.txt", &trace, true, 80);
	trace_fini(&trace);
}

Test(interleaving, leaves_out_the_middle_of_a_long_one)
{
	struct trace trace = sample_lost_update();
	struct page page;

	for (int i = 0; i < 1000; i++)
		sample_add_step(&trace, 1, OP_READ, "x", 11, 11);
	page_begin(&page, true, 120);
	interleaving_print(&page.terminal, &trace, false);
	cr_expect_not_null(strstr(page_end(&page), "927 steps"));
	page_fini(&page);

	page_begin(&page, true, 120);
	interleaving_print(&page.terminal, &trace, true);
	cr_expect_null(strstr(page_end(&page), "steps"));
	cr_expect_not_null(strstr(page.text, "\n  1006  "));
	page_fini(&page);
	trace_fini(&trace);
}

Test(interleaving, says_how_many_steps_the_trace_does_not_list)
{
	struct trace trace = sample_lost_update();
	struct page page;

	for (int i = 0; i < 5; i++)
		schedule_add(&trace.schedule, (struct choice){.thread = 1});
	page_begin(&page, true, 120);
	interleaving_print(&page.terminal, &trace, false);
	cr_expect_not_null(strstr(page_end(&page), "5 steps"));
	page_fini(&page);
	trace_fini(&trace);
}

Test(interleaving, shows_negative_numbers_with_their_sign)
{
	struct trace trace = sample_lost_update();
	struct page page;

	sample_add_step(&trace, 1, OP_WRITE, "y", 0, UINT32_MAX);
	page_begin(&page, true, 120);
	interleaving_print(&page.terminal, &trace, false);
	cr_expect_not_null(strstr(page_end(&page), "write y = -1 "));
	page_fini(&page);
	trace_fini(&trace);
}

static void take_place(struct step *step)
{
	free(step->function);
	free(step->file);
	step->function = NULL;
	step->file = NULL;
}

/* Without a place behind it a step ends its line, alone or beside threads that
 * are still there. */
Test(interleaving, pads_no_row_that_has_no_place)
{
	struct trace trace = sample_lost_update();
	struct page page;

	take_place(sample_add_step(&trace, 0, OP_EXIT, NULL, 0, 0));
	page_begin(&page, false, 120);
	interleaving_print(&page.terminal, &trace, false);
	cr_expect_not_null(strstr(page_end(&page), "  * exit\n"));
	page_fini(&page);

	sample_add_step(&trace, 1, OP_READ, "x", 11, 11);
	page_begin(&page, false, 120);
	interleaving_print(&page.terminal, &trace, false);
	cr_expect_not_null(strstr(page_end(&page), "|\n"));
	cr_expect_null(strstr(page.text, " \n"));
	page_fini(&page);

	for (uint32_t thread = 3; thread < 12; thread++)
		sample_add_step(&trace, thread, OP_MUTEX_LOCK, "m", 0, 0);
	page_begin(&page, false, 80);
	interleaving_print(&page.terminal, &trace, false);
	cr_expect_not_null(strstr(page_end(&page), "  exit\n"));
	page_fini(&page);
	trace_fini(&trace);
}

Test(interleaving, counts_switches)
{
	struct trace trace = sample_lost_update();

	cr_expect(eq(sz, interleaving_switches(&trace), 5));
	trace_fini(&trace);
}

Test(interleaving, is_nothing_but_a_heading_without_steps)
{
	struct trace trace = {.finding = FINDING_COUNT};
	struct page page;

	page_begin(&page, true, 120);
	interleaving_print(&page.terminal, &trace, false);
	cr_expect(eq(str, (char *)page_end(&page), "  step\n"));
	page_fini(&page);
}
