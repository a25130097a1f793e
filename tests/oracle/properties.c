/*
 * Property tests: on random small programs every search agrees with brute
 * force.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/enumerate.h"
#include "oracle/generate.h"
#include "support/batch.h"

#define PROGRAMS_CHECK 100
#define PROGRAMS_SOAK  2000
/* Programs with more interleavings than this are not used. */
#define INTERLEAVINGS_MAX 3000
/* Bounds 0 to this are tried. */
#define PREEMPTIONS_MAX 2

struct drawn {
	uint64_t *seeds;
	struct small_program *programs;
	size_t count;
	struct batch batch;
};

/* Small enough, and its threads meet: it can end in more than one way. */
static bool is_wanted(const struct small_program *program)
{
	struct enumeration all = {.visible = ENUMERATE_ALL_VISIBLE,
				  .preemptions = ENUMERATE_UNBOUNDED,
				  .limit = INTERLEAVINGS_MAX};
	bool wanted;

	enumerate(program, &all);
	wanted = !all.limit_reached && all.outcomes.count > 1;
	enumeration_fini(&all);
	return wanted;
}

/*
 * Whether a search with this bound ends with the same visible variables
 * whatever it learned before: only then is its answer a fact about the program.
 */
static bool is_decided(const struct small_program *program, uint32_t bound)
{
	struct enumeration full = {.preemptions = ENUMERATE_UNBOUNDED};
	struct enumeration bounded = {.preemptions = bound};
	bool same;

	enumerate_learning(program, &full);
	enumerate_learning(program, &bounded);
	same = full.visible == bounded.visible;
	enumeration_fini(&full);
	enumeration_fini(&bounded);
	return same;
}

static void draw(struct drawn *drawn)
{
	const size_t wanted = soak() ? PROGRAMS_SOAK : PROGRAMS_CHECK;
	struct small_program program;

	drawn->seeds = calloc(wanted, sizeof(*drawn->seeds));
	drawn->programs = calloc(wanted, sizeof(*drawn->programs));
	drawn->count = 0;
	for (uint64_t seed = 1; drawn->count < wanted; seed++) {
		generate(seed, &program);
		if (!is_wanted(&program))
			continue;
		drawn->seeds[drawn->count] = seed;
		drawn->programs[drawn->count++] = program;
	}
	batch_build(drawn->programs, drawn->count, &drawn->batch);
}

static void drawn_fini(struct drawn *drawn)
{
	batch_fini(&drawn->batch);
	free(drawn->seeds);
	free(drawn->programs);
}

static char *program_text(const struct small_program *program)
{
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);

	small_program_print(stream, program);
	fclose(stream);
	return text;
}

static void disagree(const struct drawn *drawn, size_t i, const char *what,
		     const char *expected, const char *actual)
{
	char *text = program_text(&drawn->programs[i]);

	cr_fail("seed %lu, %s\n%sexpected\n%sactual\n%s", drawn->seeds[i], what,
		text, expected, actual);
	free(text);
}

static enum outcome_parts parts_of(const struct small_program *program)
{
	return small_program_kinds(program) & SMALL_BIT(SMALL_OUTPUT)
		       ? OUTCOME_VALUES_AND_OUTPUT
		       : OUTCOME_VALUES;
}

/* The search's outcomes and executions, and those of brute force. */
static void check_bound(const struct drawn *drawn, size_t i, uint32_t bound)
{
	const struct small_program *program = &drawn->programs[i];
	struct enumeration expected = {.preemptions = bound};
	char options[64] = "--max-traces 0 --strategy dfs";
	struct answer answer;
	char *expected_text;
	char *actual_text;
	char *outcomes;

	if (bound != ENUMERATE_UNBOUNDED)
		snprintf(options, sizeof(options),
			 "--max-traces 0 --strategy dfs --preemptions %u",
			 bound);
	enumerate_learning(program, &expected);
	batch_run(&drawn->batch, "check", options, (unsigned)i, &answer);
	outcomes = outcome_lines(answer.json, parts_of(program));
	cr_assert(ge(int,
		     asprintf(&actual_text, "%lld executions\n%s",
			      answer_integer(&answer, "executions"), outcomes),
		     0));
	free(outcomes);
	outcomes = lines_join(&expected.outcomes);
	cr_assert(ge(int,
		     asprintf(&expected_text, "%lu executions\n%s",
			      expected.interleavings, outcomes),
		     0));
	if (strcmp(expected_text, actual_text) != 0)
		disagree(drawn, i, options, expected_text, actual_text);
	free(outcomes);
	free(expected_text);
	free(actual_text);
	answer_fini(&answer);
	enumeration_fini(&expected);
}

Test(oracle, dfs_agrees_with_brute_force)
{
	struct drawn drawn;

	draw(&drawn);
	for (size_t i = 0; i < drawn.count; i++)
		check_bound(&drawn, i, ENUMERATE_UNBOUNDED);
	drawn_fini(&drawn);
}

Test(oracle, preemption_bounds_agree_with_brute_force)
{
	struct drawn drawn;
	unsigned checked = 0;

	draw(&drawn);
	for (size_t i = 0; i < drawn.count; i++)
		for (uint32_t bound = 0; bound <= PREEMPTIONS_MAX; bound++)
			if (is_decided(&drawn.programs[i], bound)) {
				check_bound(&drawn, i, bound);
				checked++;
			}
	cr_expect(gt(sz, checked, drawn.count * 2));
	drawn_fini(&drawn);
}

static bool has_line(const char *text, const char *line, size_t length)
{
	for (const char *at = text; *at != '\0'; at = strchr(at, '\n') + 1)
		if (strncmp(at, line, length) == 0 && at[length] == '\n')
			return true;
	return false;
}

/* Each line of `part` is one of `whole`. */
static bool is_subset(const char *part, const char *whole)
{
	while (*part != '\0') {
		const size_t length = strcspn(part, "\n");

		if (!has_line(whole, part, length))
			return false;
		part += length + 1;
	}
	return true;
}

Test(oracle, samples_end_as_brute_force_says)
{
	struct drawn drawn;

	draw(&drawn);
	for (size_t i = 0; i < drawn.count; i++) {
		struct enumeration all = {.visible = ENUMERATE_ALL_VISIBLE,
					  .preemptions = ENUMERATE_UNBOUNDED};
		struct answer answer;
		char *expected;
		char *actual;

		enumerate(&drawn.programs[i], &all);
		batch_run(&drawn.batch, "sample",
			  "--runs 200 --seed 7 --max-traces 0", (unsigned)i,
			  &answer);
		cr_expect(eq(i64, answer_integer(&answer, "executions"), 200));
		actual = outcome_lines(answer.json,
				       parts_of(&drawn.programs[i]));
		expected = lines_join(&all.outcomes);
		if (*actual == '\0' || !is_subset(actual, expected))
			disagree(&drawn, i, "sample", expected, actual);
		free(expected);
		free(actual);
		answer_fini(&answer);
		enumeration_fini(&all);
	}
	drawn_fini(&drawn);
}
