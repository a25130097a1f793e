/*
 * explorer/engine/outcome.c
 */
#include "engine/outcome.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

static uint32_t count(struct outcomes *outcomes, const char *text,
		      bool lost_update, bool *ret_new)
{
	struct buffer bytes = {0};
	uint32_t id;

	buffer_put(&bytes, text, strlen(text));
	id = outcomes_count(outcomes, &bytes, lost_update, ret_new);
	buffer_fini(&bytes);
	return id;
}

Test(outcome, each_has_a_number_and_a_count)
{
	struct outcomes outcomes = {0};
	bool is_new;

	cr_assert(eq(uint, count(&outcomes, "a", false, &is_new), 0));
	cr_assert(is_new);
	cr_assert(eq(uint, count(&outcomes, "b", true, &is_new), 1));
	cr_assert(is_new);
	cr_assert(eq(uint, count(&outcomes, "a", false, &is_new), 0));
	cr_assert(not(is_new));
	cr_assert(eq(uint, count(&outcomes, "b", false, &is_new), 1));
	cr_assert(eq(uint, count(&outcomes, "", false, &is_new), 2));
	cr_assert(eq(sz, outcomes.count, 3));
	cr_assert(eq(u64, outcomes.at[0].count, 2));
	cr_assert(eq(u64, outcomes.at[1].count, 2));
	cr_assert(eq(u64, outcomes.at[0].lost_updates, 0));
	cr_assert(eq(u64, outcomes.at[1].lost_updates, 1));
}

Test(outcome, cleared_begin_anew)
{
	struct outcomes outcomes = {0};
	bool is_new;

	count(&outcomes, "a", true, &is_new);
	count(&outcomes, "b", true, &is_new);
	outcomes_clear(&outcomes);
	cr_assert(eq(uint, count(&outcomes, "b", false, &is_new), 0));
	cr_assert(is_new);
	cr_assert(eq(u64, outcomes.at[0].count, 1));
	cr_assert(eq(u64, outcomes.at[0].lost_updates, 0));
}

Test(outcome, saved_and_loaded_go_on_counting)
{
	struct outcomes outcomes = {0};
	struct outcomes loaded = {0};
	struct buffer saved = {0};
	struct reader reader;
	char text[16];
	bool is_new;

	for (int i = 0; i < 1000; i++) {
		snprintf(text, sizeof(text), "%d", i % 300);
		count(&outcomes, text, i % 3 == 0, &is_new);
	}
	outcomes_save(&outcomes, &saved);
	count(&loaded, "forgotten", false, &is_new);
	reader = reader_of(saved.data, saved.length);
	outcomes_load(&loaded, &reader);
	cr_assert(not(reader.failed));
	cr_assert(eq(ptr, (void *)reader.next, (void *)reader.end));
	for (int i = 0; i < 300; i++) {
		snprintf(text, sizeof(text), "%d", i);
		cr_assert(eq(uint, count(&loaded, text, false, &is_new), i));
		cr_assert(not(is_new));
		cr_assert(
			eq(u64, loaded.at[i].count, outcomes.at[i].count + 1));
		cr_assert(eq(u64, loaded.at[i].lost_updates,
			     outcomes.at[i].lost_updates));
	}
	cr_assert(eq(uint, count(&loaded, "new", false, &is_new), 300));
	cr_assert(is_new);
}

Test(outcome, a_save_cut_short_is_refused)
{
	struct outcomes outcomes = {0};
	struct buffer saved = {0};
	bool is_new;

	count(&outcomes, "a", false, &is_new);
	outcomes_save(&outcomes, &saved);
	for (size_t length = 0; length < saved.length; length++) {
		struct outcomes loaded = {0};
		struct reader reader = reader_of(saved.data, length);

		outcomes_load(&loaded, &reader);
		cr_assert(reader.failed);
	}
}
