/* check, sample and native side by side. */
#include "report/comparison.h"

#include <criterion/criterion.h>

#include "samples.h"
#include "support/snapshot.h"

Test(comparison, lists_each_outcome_once)
{
	struct result check = sample_counter();
	struct result sample = sample_empty(COMMAND_SAMPLE);
	struct result native = sample_empty(COMMAND_NATIVE);
	struct page page;

	sample_add_outcome(&sample, "x", "3", "x = 3\n")->count = 600;
	sample_add_outcome(&sample, "x", "4", "x = 4\n")->count = 400;
	sample.executions = 1000;
	sample_add_outcome(&native, "x", "4", "x = 4\n")->count = 10;
	sample_add_outcome(&native, "x", "5", "x = 5\n")->count = 1;
	native.executions = 11;
	page_begin(&page, true, 100);
	comparison_print(&page.terminal,
			 &(struct comparison){&check, &sample, &native}, false);
	snapshot_expect("comparison.txt", page_end(&page));
	page_fini(&page);
	result_fini(&check);
	result_fini(&sample);
	result_fini(&native);
}

Test(comparison, shows_what_there_is_after_an_interruption)
{
	struct result check = sample_verified();
	struct page page;

	page_begin(&page, true, 100);
	comparison_print(&page.terminal, &(struct comparison){.check = &check},
			 true);
	snapshot_expect("comparison-interrupted.txt", page_end(&page));
	page_fini(&page);
	result_fini(&check);
}
