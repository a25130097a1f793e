/*
 * explorer/engine/finding.c
 */
#include "engine/finding.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static struct findings findings;

static void see(uint64_t key, size_t depth)
{
	struct part part = {.thread = (uint32_t)key};

	findings_see(&findings, FINDING_DATA_RACE, key, depth, &part, 1);
}

static bool is_on_path(uint32_t id)
{
	return findings.at[id].on_path;
}

Test(finding, is_kept_once_for_each_kind_and_key)
{
	see(1, 0);
	see(2, 0);
	see(1, 5);
	findings_see(&findings, FINDING_DEADLOCK, 1, 6, NULL, 0);
	cr_assert(eq(sz, findings.count, 3));
	cr_assert(eq(uint, findings.at[1].parts[0].thread, 2));
	cr_assert(eq(uint, findings.at[2].part_count, 0));
}

/* However often it was seen in it. */
Test(finding, counts_executions)
{
	see(1, 3);
	see(1, 4);
	findings_finish(&findings);
	cr_assert(eq(u64, findings.at[0].count, 1));
	findings_rewind(&findings, 0);
	findings_finish(&findings);
	cr_assert(eq(u64, findings.at[0].count, 1));
	see(1, 7);
	findings_finish(&findings);
	cr_assert(eq(u64, findings.at[0].count, 2));
}

Test(finding, going_back_forgets_what_came_after)
{
	see(1, 0);
	see(2, 3);
	see(3, 3);
	see(4, 4);
	findings_rewind(&findings, 3);
	cr_assert(is_on_path(0));
	cr_assert(is_on_path(1));
	cr_assert(is_on_path(2));
	cr_assert(not(is_on_path(3)));
	findings_rewind(&findings, 2);
	cr_assert(not(is_on_path(1)));
	cr_assert(is_on_path(0));
	/* Seen again earlier: forgotten again later. */
	see(4, 1);
	findings_rewind(&findings, 2);
	cr_assert(is_on_path(3));
}

/* Races by clocks are found at the end, for steps in the midst. */
Test(finding, may_be_seen_after_the_fact)
{
	see(1, 5);
	see(2, 3);
	see(3, 4);
	see(4, 3);
	for (size_t i = 1; i < findings.path_count; i++)
		cr_assert(le(sz, findings.path[i - 1].depth,
			     findings.path[i].depth));
	findings_rewind(&findings, 3);
	cr_assert(not(is_on_path(0)));
	cr_assert(is_on_path(1));
	cr_assert(not(is_on_path(2)));
	cr_assert(is_on_path(3));
}

Test(finding, forgetting_takes_the_start_along)
{
	see(1, 0);
	findings_forget(&findings);
	cr_assert(not(is_on_path(0)));
	findings_finish(&findings);
	cr_assert(eq(u64, findings.at[0].count, 0));
	see(1, 0);
	findings_finish(&findings);
	cr_assert(eq(u64, findings.at[0].count, 1));
}

Test(finding, cleared_begin_anew)
{
	for (uint64_t key = 1; key < 50; key++)
		see(key, 0);
	findings_clear(&findings);
	cr_assert(eq(sz, findings.count, 0));
	see(7, 0);
	cr_assert(eq(sz, findings.count, 1));
	cr_assert(is_on_path(0));
}

Test(finding, counts_begin_anew_in_a_round)
{
	see(1, 0);
	findings_finish(&findings);
	findings_forget(&findings);
	findings_reset_counts(&findings);
	cr_assert(eq(sz, findings.count, 1));
	cr_assert(eq(u64, findings.at[0].count, 0));
}

Test(finding, saved_and_loaded_go_on_counting)
{
	struct buffer saved = {0};
	struct reader reader;

	for (uint64_t key = 1; key < 100; key++)
		see(key, key);
	findings_finish(&findings);
	findings_forget(&findings);
	see(5, 0);
	findings_finish(&findings);
	findings.at[4].told = 7;
	findings_save(&findings, &saved);
	findings_clear(&findings);
	reader = reader_of(saved.data, saved.length);
	findings_load(&findings, &reader);
	cr_assert(not(reader.failed));
	cr_assert(eq(sz, findings.count, 99));
	see(5, 3);
	cr_assert(eq(sz, findings.count, 99));
	findings_finish(&findings);
	cr_assert(eq(u64, findings.at[4].count, 3));
	cr_assert(eq(u64, findings.at[5].count, 1));
	cr_assert(eq(uint, findings.at[4].parts[0].thread, 5));
	cr_assert(eq(uint, findings.at[4].told, 7));
	cr_assert(eq(uint, findings.told_count, 7));
}

Test(finding, a_save_cut_short_is_refused)
{
	struct buffer saved = {0};

	see(1, 0);
	findings_save(&findings, &saved);
	for (size_t length = 0; length < saved.length; length++) {
		struct findings loaded = {0};
		struct reader reader = reader_of(saved.data, length);

		findings_load(&loaded, &reader);
		cr_assert(reader.failed);
	}
}
