/*
 * Optimal partial-order reduction against brute force, on random programs: the
 * same outcomes and findings, one execution for each Mazurkiewicz trace, none
 * begun in vain. What kinds of operation these programs lack is in
 * tests/strategy/families.def.
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
/* Of those that wait, which take longest. */
#define PROGRAMS_WAITS 120
#define PROGRAMS_SOAK  6000
/* Compiled at a time. */
#define PROGRAMS_BATCH 300
/* Programs with more interleavings than this are not used, nor those with fewer
 * traces than that. */
#define INTERLEAVINGS_MAX 4000
#define TRACES_MIN	  3
/* In `make check` dfs runs every so manieth program. */
#define DFS_STRIDE    10
#define SOURCE_STRIDE 3
/* Likewise with the coarser dependence. */
#define PLAIN_STRIDE 4
/* How often timed waits run out, and waits end without a reason. */
#define TIMEOUTS    1
#define SPURIOUS    1
#define ALL_VISIBLE ((1U << (SMALL_VARIABLES + SMALL_THREADS_MAX)) - 1)

struct drawn {
	uint64_t seeds[PROGRAMS_BATCH];
	struct small_program programs[PROGRAMS_BATCH];
	struct batch batch;
	long long blocked; /* by source-dpor, in all */
};

/* In half of the programs. */
static unsigned spurious_of(const struct small_program *program)
{
	return program->threads[0].length % 2 * SPURIOUS;
}

static bool is_wanted(const struct small_program *program)
{
	struct enumeration all = {.visible = ALL_VISIBLE,
				  .preemptions = ENUMERATE_UNBOUNDED,
				  .limit = INTERLEAVINGS_MAX,
				  .timeouts = TIMEOUTS,
				  .spurious = spurious_of(program)};
	bool wanted;

	enumerate(program, &all);
	cr_assert(not(all.traces_are_wrong));
	wanted = !all.limit_reached && all.traces >= TRACES_MIN;
	enumeration_fini(&all);
	return wanted;
}

typedef void generator(uint64_t seed, struct small_program *ret_program);

/* Draws a batch of programs from *seed on. */
static void draw(generator *generate_one, uint64_t *seed, struct drawn *drawn)
{
	for (size_t i = 0; i < PROGRAMS_BATCH; ++*seed) {
		generate_one(*seed, &drawn->programs[i]);
		if (is_wanted(&drawn->programs[i]))
			drawn->seeds[i++] = *seed;
	}
	batch_build(drawn->programs, PROGRAMS_BATCH, &drawn->batch);
}

/* What a search must say, or did: the test compares the two texts. */
static char *answer_text(long long executions, long long blocked,
			 char *outcomes, char *findings)
{
	char *text;

	cr_assert(ge(int,
		     asprintf(&text, "%lld executions, %lld blocked\n%s%s",
			      executions, blocked, outcomes, findings),
		     0));
	free(outcomes);
	free(findings);
	return text;
}

static char *expected_text(const struct enumeration *expected,
			   uint64_t executions, const struct place_pairs *races)
{
	struct lines outcomes = {0};

	for (size_t i = 0; i < expected->outcomes.count; i++)
		lines_add(&outcomes, strdup(expected->outcomes.at[i]));
	return answer_text((long long)executions, 0, lines_join(&outcomes),
			   enumeration_findings(expected, races));
}

static char *actual_text(struct drawn *drawn, size_t i, const char *strategy)
{
	const struct small_program *program = &drawn->programs[i];
	const uint32_t variables = small_program_variables(program);
	const uint64_t kinds = small_program_kinds(program);
	const bool prints = (kinds & SMALL_KINDS_PRINTING) != 0;
	struct answer answer;
	char options[200];
	long long blocked;
	char *text;

	snprintf(options, sizeof(options),
		 "--max-traces 0 --timeouts %d --spurious %u --strategy %s",
		 TIMEOUTS, spurious_of(program), strategy);
	for (unsigned v = SMALL_NEIGHBOURS; v < SMALL_VARIABLES; v++)
		if (variables >> v & 1U)
			snprintf(options + strlen(options),
				 sizeof(options) - strlen(options),
				 " --watch %s", program_source_variable(v));
	batch_run(&drawn->batch, "check", options, (unsigned)i, &answer);
	blocked = answer_integer(&answer, "blocked");
	/* How many are begun in vain is not known beforehand. */
	if (strcmp(strategy, "source-dpor") == 0) {
		drawn->blocked += blocked;
		blocked = 0;
	}
	text = answer_text(
		answer_integer(&answer, "executions"), blocked,
		outcome_lines(answer.json, prints ? OUTCOME_VALUES_AND_OUTPUT
						  : OUTCOME_VALUES),
		finding_lines(answer.json));
	answer_fini(&answer);
	return text;
}

/* Takes both texts. */
static void compare(const struct drawn *drawn, size_t i, const char *strategy,
		    char *expected, char *actual)
{
	char *text = NULL;
	size_t length = 0;
	FILE *stream;

	if (strcmp(expected, actual) != 0) {
		stream = open_memstream(&text, &length);
		small_program_print(stream, &drawn->programs[i]);
		fclose(stream);
		cr_fail("seed %lu, %s\n%sexpected\n%sactual\n%s",
			drawn->seeds[i], strategy, text, expected, actual);
		free(text);
	}
	free(expected);
	free(actual);
}

static void check_plainly(struct drawn *drawn, size_t i)
{
	static const char search[] = "dpor --dependence plain";
	struct enumeration expected = {
		.preemptions = ENUMERATE_UNBOUNDED,
		.plain = true,
		.timeouts = TIMEOUTS,
		.spurious = spurious_of(&drawn->programs[i])};

	enumerate_learning(&drawn->programs[i], &expected);
	compare(drawn, i, search,
		expected_text(&expected, expected.traces,
			      &expected.unordered_races),
		actual_text(drawn, i, search));
	enumeration_fini(&expected);
}

static void check_program(struct drawn *drawn, size_t i)
{
	struct enumeration expected = {
		.preemptions = ENUMERATE_UNBOUNDED,
		.timeouts = TIMEOUTS,
		.spurious = spurious_of(&drawn->programs[i])};

	enumerate_learning(&drawn->programs[i], &expected);
	compare(drawn, i, "dpor",
		expected_text(&expected, expected.traces,
			      &expected.unordered_races),
		actual_text(drawn, i, "dpor"));
	if (soak() || i % SOURCE_STRIDE == 0)
		compare(drawn, i, "source-dpor",
			expected_text(&expected, expected.traces,
				      &expected.unordered_races),
			actual_text(drawn, i, "source-dpor"));
	if (soak() || i % PLAIN_STRIDE == 0)
		check_plainly(drawn, i);
	if (soak() || i % DFS_STRIDE == 0)
		compare(drawn, i, "dfs",
			expected_text(&expected, expected.interleavings,
				      &expected.unordered_races),
			actual_text(drawn, i, "dfs"));
	enumeration_fini(&expected);
}

static void check_programs(generator *generate_one, size_t count_check)
{
	const size_t wanted =
		soak() ? soak_programs(PROGRAMS_SOAK) : count_check;
	struct drawn *drawn = calloc(1, sizeof(*drawn));
	uint64_t seed = 1;

	for (size_t count = 0; count < wanted; count += PROGRAMS_BATCH) {
		draw(generate_one, &seed, drawn);
		for (size_t i = 0; i < PROGRAMS_BATCH && count + i < wanted;
		     i++)
			check_program(drawn, i);
		batch_fini(&drawn->batch);
	}
	/* Else these programs would not tell the two apart. */
	cr_expect(gt(long, drawn->blocked, 0));
	free(drawn);
}

Test(oracle, dpor_runs_each_trace_once)
{
	check_programs(generate_any, PROGRAMS_CHECK);
}

Test(oracle, dpor_runs_each_trace_of_waits_once)
{
	check_programs(generate_waits, PROGRAMS_WAITS);
}

Test(oracle, dpor_runs_each_trace_of_what_commutes_once)
{
	check_programs(generate_commuting, PROGRAMS_CHECK);
}

Test(oracle, dpor_runs_each_trace_of_readers_once)
{
	check_programs(generate_readers, PROGRAMS_CHECK);
}

Test(oracle, dpor_runs_each_trace_of_cancellation_once)
{
	check_programs(generate_cancels, PROGRAMS_CHECK);
}

Test(oracle, dpor_runs_each_trace_of_spins_once)
{
	check_programs(generate_spins, PROGRAMS_WAITS);
}

Test(oracle, dpor_runs_each_trace_of_meetings_once)
{
	check_programs(generate_meetings, PROGRAMS_WAITS);
}
