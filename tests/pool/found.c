/*
 * What is kept of the messages of a search.
 */
#include "pool/found.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

/* An outcome found by a schedule of so many switches. */
static void hear_outcome(struct found *found, uint32_t id, size_t switches)
{
	struct outcome_message message = {
		.id = id, .end = END_EXIT, .place = {.module = PLACE_UNKNOWN}};
	struct buffer body = {0};

	for (size_t i = 0; i < switches; i++)
		schedule_add(&message.schedule,
			     (struct choice){.thread = (uint16_t)(i % 2)});
	outcome_put(&body, &message, NULL);
	cr_assert(eq(int, found_outcome(found, &body), 0));
	schedule_fini(&message.schedule);
	buffer_fini(&body);
}

Test(found, keeps_the_schedules_of_outcomes_up_to_a_limit)
{
	static const struct session session;
	struct found found;

	found_init(&found, &session);
	found.schedule_bytes = FOUND_SCHEDULE_BYTES - 1000;
	hear_outcome(&found, 0, 200);
	hear_outcome(&found, 1, 200);
	hear_outcome(&found, 2, 100);
	cr_assert(eq(sz, found.outcomes.count, 3));
	cr_assert(found.outcomes.at[0].witness.schedule != NULL);
	cr_assert(zero(ptr, found.outcomes.at[1].witness.schedule));
	cr_assert(found.outcomes.at[2].witness.schedule != NULL);
	cr_assert(le(sz, found.schedule_bytes, FOUND_SCHEDULE_BYTES));
	found_fini(&found);
}
