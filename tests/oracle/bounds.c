/*
 * Reduction within a bound against brute force, on random programs with every
 * operation: with so many preemptions the same outcomes, and their findings.
 * (tests/strategy/bounded_dpor.c compares the traces themselves.)
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/enumerate.h"
#include "oracle/finding_lines.h"
#include "oracle/generate.h"
#include "support/batch.h"
#include "vectors/program_source.h"

#define PROGRAMS_CHECK 60
#define PROGRAMS_SOAK  2000
/* Compiled at a time. */
#define PROGRAMS_BATCH 60
/* Programs with more interleavings than this are not used, nor those with
 * fewer traces than that. */
#define INTERLEAVINGS_MAX 4000
#define TRACES_MIN	  4
/* Bounds 0 to this are tried. */
#define PREEMPTIONS_MAX 2
/* Every so manieth program is one with many readers. */
#define READERS_STRIDE 4
#define TIMEOUTS       1

struct drawn {
	uint64_t seeds[PROGRAMS_BATCH];
	struct small_program programs[PROGRAMS_BATCH];
	struct batch batch;
	unsigned checked;
};

/*
 * Whether a search with any of the bounds ends with the same visible variables
 * whatever it learned before: only then is its answer a fact about the program.
 */
static bool is_wanted(const struct small_program *program)
{
	struct enumeration full = {.timeouts = TIMEOUTS,
				   .preemptions = ENUMERATE_UNBOUNDED,
				   .limit = INTERLEAVINGS_MAX};
	bool wanted;

	enumerate_learning(program, &full);
	wanted = !full.limit_reached && full.traces >= TRACES_MIN;
	for (uint32_t i = 0; i <= PREEMPTIONS_MAX && wanted; i++) {
		struct enumeration bounded = {.timeouts = TIMEOUTS,
					      .preemptions = i};

		enumerate_learning(program, &bounded);
		wanted = bounded.visible == full.visible;
		enumeration_fini(&bounded);
	}
	enumeration_fini(&full);
	return wanted;
}

/* Draws a batch of programs from *seed on. */
static void draw(uint64_t *seed, struct drawn *drawn)
{
	for (size_t i = 0; i < PROGRAMS_BATCH; ++*seed) {
		if (*seed % READERS_STRIDE == 0)
			generate_readers(*seed, &drawn->programs[i]);
		else if (*seed % READERS_STRIDE == 1)
			generate_waits(*seed, &drawn->programs[i]);
		else if (*seed % READERS_STRIDE == 2)
			generate_spins(*seed, &drawn->programs[i]);
		else
			generate_any(*seed, &drawn->programs[i]);
		if (is_wanted(&drawn->programs[i]))
			drawn->seeds[i++] = *seed;
	}
	batch_build(drawn->programs, PROGRAMS_BATCH, &drawn->batch);
}

/* What a search said, or should say: lines each. */
struct said {
	char *outcomes;
	char *findings;
};

static void said_fini(struct said *said)
{
	free(said->outcomes);
	free(said->findings);
}

static struct said actual_of(const struct drawn *drawn, size_t i,
			     uint32_t bound)
{
	const struct small_program *program = &drawn->programs[i];
	const uint32_t variables = small_program_variables(program);
	const bool prints =
		(small_program_kinds(program) & SMALL_KINDS_PRINTING) != 0;
	struct answer answer;
	char options[200];
	struct said said;

	snprintf(
		options, sizeof(options),
		"--max-traces 0 --strategy dpor --timeouts %d --preemptions %u",
		TIMEOUTS, bound);
	for (unsigned v = SMALL_NEIGHBOURS; v < SMALL_VARIABLES; v++)
		if (variables >> v & 1U)
			snprintf(options + strlen(options),
				 sizeof(options) - strlen(options),
				 " --watch %s", program_source_variable(v));
	batch_run(&drawn->batch, "check", options, (unsigned)i, &answer);
	said = (struct said){
		.outcomes = outcome_lines(answer.json,
					  prints ? OUTCOME_VALUES_AND_OUTPUT
						 : OUTCOME_VALUES),
		.findings = finding_lines(answer.json),
	};
	answer_fini(&answer);
	return said;
}

static struct said expected_of(const struct small_program *program,
			       uint32_t bound)
{
	struct enumeration expected = {.timeouts = TIMEOUTS,
				       .preemptions = bound};
	struct said said;

	enumerate_learning(program, &expected);
	said = (struct said){
		.outcomes = lines_join(&expected.outcomes),
		.findings = enumeration_findings(&expected,
						 &expected.unordered_races),
	};
	enumeration_fini(&expected);
	return said;
}

/* Whether each line of `some` is one of `all`. */
static bool are_among(const char *some, const char *all)
{
	bool found = true;

	while (*some && found) {
		size_t length = strcspn(some, "\n") + 1;
		const char *at = all;

		found = false;
		while (*at && !found) {
			found = strncmp(at, some, length) == 0;
			at += strcspn(at, "\n") + 1;
		}
		some += length;
	}
	return found;
}

/*
 * The outcomes are exactly those within the bound. A race is seen where both
 * accesses are pending, too, though performing both would take one preemption
 * more: it is one of the program's, at any rate.
 */
static bool is_right(const struct said *actual, const struct said *expected,
		     const struct said *unbounded)
{
	return strcmp(actual->outcomes, expected->outcomes) == 0 &&
	       are_among(expected->findings, actual->findings) &&
	       are_among(actual->findings, unbounded->findings);
}

static void check_program(struct drawn *drawn, size_t i, uint32_t bound)
{
	struct said expected = expected_of(&drawn->programs[i], bound);
	struct said unbounded =
		expected_of(&drawn->programs[i], ENUMERATE_UNBOUNDED);
	struct said actual = actual_of(drawn, i, bound);

	if (!is_right(&actual, &expected, &unbounded)) {
		char *text = NULL;
		size_t length = 0;
		FILE *stream = open_memstream(&text, &length);

		small_program_print(stream, &drawn->programs[i]);
		fclose(stream);
		cr_fail("seed %lu, bound %u\n%sexpected\n%s%sactual\n%s%s",
			drawn->seeds[i], bound, text, expected.outcomes,
			expected.findings, actual.outcomes, actual.findings);
		free(text);
	}
	said_fini(&expected);
	said_fini(&unbounded);
	said_fini(&actual);
	drawn->checked++;
}

Test(oracle, bounded_dpor_loses_nothing_within_the_bound)
{
	const size_t wanted =
		(soak() ? soak_programs(PROGRAMS_SOAK) : PROGRAMS_CHECK) *
		(size_t)(PREEMPTIONS_MAX + 1);
	struct drawn *drawn = calloc(1, sizeof(*drawn));
	uint64_t seed = 1;

	while (drawn->checked < wanted) {
		draw(&seed, drawn);
		for (size_t i = 0; i < PROGRAMS_BATCH; i++)
			for (uint32_t bound = 0; bound <= PREEMPTIONS_MAX;
			     bound++)
				check_program(drawn, i, bound);
		batch_fini(&drawn->batch);
	}
	free(drawn);
}
