/*
 * The search that visits states against brute force, on random programs with
 * every operation: the same outcomes and findings.
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

#define PROGRAMS_CHECK 300
#define PROGRAMS_SOAK  3000
/* Compiled at a time. */
#define PROGRAMS_BATCH 300
/* Programs with more interleavings than this are not used, nor those with fewer
 * outcomes than that. */
#define INTERLEAVINGS_MAX 4000
#define OUTCOMES_MIN	  2
#define ALL_VISIBLE	  ((1U << SMALL_VARIABLES) - 1)

struct drawn {
	uint64_t seeds[PROGRAMS_BATCH];
	struct small_program programs[PROGRAMS_BATCH];
	struct batch batch;
};

static bool is_wanted(const struct small_program *program)
{
	struct enumeration all = {.visible = ALL_VISIBLE,
				  .preemptions = ENUMERATE_UNBOUNDED,
				  .limit = INTERLEAVINGS_MAX};
	bool wanted;

	enumerate(program, &all);
	wanted = !all.limit_reached && all.outcomes.count >= OUTCOMES_MIN;
	enumeration_fini(&all);
	return wanted;
}

/* Draws a batch of programs from *seed on. */
static void draw(uint64_t *seed, struct drawn *drawn)
{
	for (size_t i = 0; i < PROGRAMS_BATCH; ++*seed) {
		generate_any(*seed, &drawn->programs[i]);
		if (is_wanted(&drawn->programs[i]))
			drawn->seeds[i++] = *seed;
	}
	batch_build(drawn->programs, PROGRAMS_BATCH, &drawn->batch);
}

/* Takes both texts. */
static char *joined(char *outcomes, char *findings)
{
	char *text;

	cr_assert(ge(int, asprintf(&text, "%s%s", outcomes, findings), 0));
	free(outcomes);
	free(findings);
	return text;
}

static char *expected_text(const struct enumeration *expected)
{
	struct lines outcomes = {0};

	for (size_t i = 0; i < expected->outcomes.count; i++)
		lines_add(&outcomes, strdup(expected->outcomes.at[i]));
	return joined(lines_join(&outcomes),
		      enumeration_findings(expected, &expected->pending_races));
}

static char *actual_text(const struct drawn *drawn, size_t i,
			 const char *search)
{
	const struct small_program *program = &drawn->programs[i];
	const uint32_t variables = small_program_variables(program);
	const uint64_t kinds = small_program_kinds(program);
	const bool prints = (kinds & SMALL_KINDS_PRINTING) != 0;
	struct answer answer;
	char options[300];
	char *text;

	snprintf(options, sizeof(options), "--max-traces 0 %s", search);
	for (unsigned v = SMALL_NEIGHBOURS; v < SMALL_VARIABLES; v++)
		if (variables >> v & 1U)
			snprintf(options + strlen(options),
				 sizeof(options) - strlen(options),
				 " --watch %s", program_source_variable(v));
	batch_run(&drawn->batch, "check", options, (unsigned)i, &answer);
	text = joined(
		outcome_lines(answer.json, prints ? OUTCOME_VALUES_AND_OUTPUT
						  : OUTCOME_VALUES),
		finding_lines(answer.json));
	answer_fini(&answer);
	return text;
}

static void check_program(const struct drawn *drawn, size_t i,
			  const char *search)
{
	struct enumeration all = {.preemptions = ENUMERATE_UNBOUNDED};
	char *expected;
	char *actual;

	enumerate_learning(&drawn->programs[i], &all);
	expected = expected_text(&all);
	actual = actual_text(drawn, i, search);
	if (strcmp(expected, actual) != 0) {
		char *text = NULL;
		size_t length = 0;
		FILE *stream = open_memstream(&text, &length);

		small_program_print(stream, &drawn->programs[i]);
		fclose(stream);
		cr_fail("seed %lu, %s\n%sexpected\n%sactual\n%s",
			drawn->seeds[i], search, text, expected, actual);
		free(text);
	}
	free(expected);
	free(actual);
	enumeration_fini(&all);
}

static void check_all(const char *search)
{
	const size_t wanted = soak() ? PROGRAMS_SOAK : PROGRAMS_CHECK;
	struct drawn *drawn = calloc(1, sizeof(*drawn));
	uint64_t seed = 100000;

	for (size_t count = 0; count < wanted; count += PROGRAMS_BATCH) {
		draw(&seed, drawn);
		for (size_t i = 0; i < PROGRAMS_BATCH; i++)
			check_program(drawn, i, search);
		batch_fini(&drawn->batch);
	}
	free(drawn);
}

/* With all of each state kept and compared. */
Test(oracle, states_agree_with_brute_force)
{
	check_all("--strategy states --paranoid");
}

/* --- Bounds: outcomes within them */

#define PROGRAMS_BOUNDED 60
#define PREEMPTIONS_MAX	 2

static char *outcomes_of(const struct drawn *drawn, size_t i,
			 const char *options)
{
	const uint32_t kinds = small_program_kinds(&drawn->programs[i]);
	const bool prints =
		(kinds & (1U << SMALL_OUTPUT | 1U << SMALL_ERROR)) != 0;
	struct answer answer;
	char *text;

	batch_run(&drawn->batch, "check", options, (unsigned)i, &answer);
	text = outcome_lines(answer.json, prints ? OUTCOME_VALUES_AND_OUTPUT
						 : OUTCOME_VALUES);
	answer_fini(&answer);
	return text;
}

/* A bounded search learns from the executions within its bound; where a round
 * less or more would be made, its answer is no fact about the program. */
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

static void check_bound(const struct drawn *drawn, size_t i, uint32_t bound)
{
	char dfs[120];
	char states[120];
	char *expected;
	char *actual;

	snprintf(dfs, sizeof(dfs),
		 "--max-traces 0 --strategy dfs --preemptions %u", bound);
	snprintf(states, sizeof(states),
		 "--max-traces 0 --strategy states --preemptions %u", bound);
	expected = outcomes_of(drawn, i, dfs);
	actual = outcomes_of(drawn, i, states);
	if (strcmp(expected, actual) != 0)
		cr_fail("seed %lu, %s\nexpected\n%sactual\n%s", drawn->seeds[i],
			states, expected, actual);
	free(expected);
	free(actual);
}

Test(oracle, states_within_a_bound_agree_with_dfs)
{
	struct drawn *drawn = calloc(1, sizeof(*drawn));
	unsigned checked = 0;
	uint64_t seed = 200000;

	draw(&seed, drawn);
	for (size_t i = 0; i < PROGRAMS_BOUNDED; i++)
		for (uint32_t bound = 0; bound <= PREEMPTIONS_MAX; bound++)
			if (is_decided(&drawn->programs[i], bound)) {
				check_bound(drawn, i, bound);
				checked++;
			}
	cr_expect(gt(uint, checked, PROGRAMS_BOUNDED * 2));
	batch_fini(&drawn->batch);
	free(drawn);
}

/* --- Interleavings: as many in each outcome as dfs runs */

/* "outcome count" lines; `member` is a number or a decimal string. */
static char *count_lines(const struct answer *answer, const char *member)
{
	const json_t *outcome;
	struct lines lines = {0};
	size_t i;

	json_array_foreach(json_object_get(answer->json, "outcomes"), i,
			   outcome)
	{
		const json_t *count = json_object_get(outcome, member);
		char *name = outcome_line(outcome, OUTCOME_VALUES_AND_OUTPUT);
		char *line;

		cr_assert(ge(int,
			     json_is_string(count)
				     ? asprintf(&line, "%s %s", name,
						json_string_value(count))
				     : asprintf(&line, "%s %lld", name,
						json_integer_value(count)),
			     0));
		lines_add(&lines, line);
		free(name);
	}
	return lines_join(&lines);
}

Test(oracle, interleavings_are_as_many_as_dfs_runs)
{
	struct drawn *drawn = calloc(1, sizeof(*drawn));
	uint64_t seed = 300000;

	draw(&seed, drawn);
	for (unsigned i = 0; i < PROGRAMS_BOUNDED; i++) {
		struct answer dfs;
		struct answer states;
		char *expected;
		char *actual;

		batch_run(&drawn->batch, "check",
			  "--max-traces 0 --strategy dfs", i, &dfs);
		batch_run(&drawn->batch, "check",
			  "--max-traces 0 --count-interleavings", i, &states);
		expected = count_lines(&dfs, "count");
		actual = count_lines(&states, "interleavings");
		if (strcmp(expected, actual) != 0)
			cr_fail("seed %lu\nexpected\n%sactual\n%s",
				drawn->seeds[i], expected, actual);
		free(expected);
		free(actual);
		answer_fini(&dfs);
		answer_fini(&states);
	}
	batch_fini(&drawn->batch);
	free(drawn);
}

/* --- What is read off the graph of all states */

/* Programs some of whose executions are dropped; and such as are searched anew
 * once it is known what their threads share. */
#define DROPPING 3
static const char *const graph_programs[] = {
	"--watch x tests/programs/assume.c",
	"tests/programs/assume_never.c",
	"--watch x tests/programs/dropped_order.c",
	"tests/programs/return_main.c",
	"tests/programs/return_posted.c",
	"tests/programs/watch_unordered.c",
};

static void answer_graph_program(const char *options, const char *words,
				 struct answer *answer)
{
	char *line;

	cr_assert(ge(int,
		     asprintf(&line, "check --max-traces 0 --format json %s %s",
			      options, words),
		     0));
	explorer_words(line, answer);
	free(line);
}

Test(oracle, interleavings_of_dropped_executions_are_not_counted)
{
	for (size_t i = 0; i < DROPPING; i++) {
		struct answer dfs;
		struct answer states;
		char *expected;
		char *actual;

		answer_graph_program("--strategy dfs", graph_programs[i], &dfs);
		answer_graph_program("--strategy states --count-interleavings",
				     graph_programs[i], &states);
		expected = count_lines(&dfs, "count");
		actual = count_lines(&states, "interleavings");
		cr_expect(eq(str, actual, expected), "%s", graph_programs[i]);
		free(expected);
		free(actual);
		answer_fini(&dfs);
		answer_fini(&states);
	}
}

Test(oracle, shortest_tells_of_every_outcome)
{
	for (size_t i = 0; i < sizeof(graph_programs) / sizeof(*graph_programs);
	     i++) {
		struct answer plain;
		struct answer shortest;
		char *expected;
		char *actual;

		answer_graph_program("--strategy states", graph_programs[i],
				     &plain);
		answer_graph_program("--strategy states --shortest",
				     graph_programs[i], &shortest);
		expected = outcome_lines(plain.json, OUTCOME_VALUES_AND_OUTPUT);
		actual =
			outcome_lines(shortest.json, OUTCOME_VALUES_AND_OUTPUT);
		cr_expect(eq(str, actual, expected), "%s", graph_programs[i]);
		free(expected);
		free(actual);
		answer_fini(&plain);
		answer_fini(&shortest);
	}
}
