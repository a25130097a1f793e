/*
 * --find-state against brute force, on random programs with every operation: a
 * state is found exactly if some interleaving comes to it.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "oracle/enumerate.h"
#include "oracle/generate.h"
#include "support/batch.h"

#define PROGRAMS	  60
#define INTERLEAVINGS_MAX 4000
#define ALL_VISIBLE	  ((1U << SMALL_VARIABLES) - 1)

struct drawn {
	uint64_t seeds[PROGRAMS];
	struct small_program programs[PROGRAMS];
	struct enumeration all[PROGRAMS];
};

/* What the enumeration saw: how many of those values of x and y. */
static unsigned seen_count(const struct enumeration *all)
{
	unsigned count = 0;

	for (unsigned x = 0; x < ENUMERATE_SEEN; x++)
		for (unsigned y = 0; y < ENUMERATE_SEEN; y++)
			count += all->seen[x][y];
	return count;
}

/* Programs whose states differ. */
static void draw(struct drawn *drawn)
{
	uint64_t seed = 700000;

	for (size_t i = 0; i < PROGRAMS; seed++) {
		struct enumeration *all = &drawn->all[i];

		*all = (struct enumeration){.visible = ALL_VISIBLE,
					    .preemptions = ENUMERATE_UNBOUNDED,
					    .limit = INTERLEAVINGS_MAX};
		generate_any(seed, &drawn->programs[i]);
		enumerate(&drawn->programs[i], all);
		if (!all->limit_reached && seen_count(all) > 2)
			drawn->seeds[i++] = seed;
		else
			enumeration_fini(all);
	}
}

static void look_for(const struct drawn *drawn, const struct batch *batch,
		     size_t i, unsigned x, unsigned y)
{
	struct answer answer;
	char options[80];
	bool found;

	snprintf(options, sizeof(options),
		 "--max-traces 0 --find-state x==%u&&y==%u", x, y);
	batch_run(batch, "check", options, (unsigned)i, &answer);
	found = json_is_true(json_object_get(answer.json, "found"));
	if (found != drawn->all[i].seen[x][y]) {
		small_program_print(stderr, &drawn->programs[i]);
		cr_fail("seed %lu: x == %u, y == %u %s", drawn->seeds[i], x, y,
			found ? "was found" : "was not found");
	}
	answer_fini(&answer);
}

Test(oracle, states_are_found_if_there_are_any)
{
	struct drawn *drawn = calloc(1, sizeof(*drawn));
	struct batch batch;

	draw(drawn);
	batch_build(drawn->programs, PROGRAMS, &batch);
	for (size_t i = 0; i < PROGRAMS; i++) {
		for (unsigned x = 0; x < ENUMERATE_SEEN; x++)
			for (unsigned y = 0; y < ENUMERATE_SEEN; y++)
				if ((x + y + i) % 2 == 0)
					look_for(drawn, &batch, i, x, y);
		enumeration_fini(&drawn->all[i]);
	}
	batch_fini(&batch);
	free(drawn);
}
