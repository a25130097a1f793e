/*
 * The depth-first search and partial-order reduction against answers that are
 * known: the counter's exact counts, and the 300 random programs.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/enumerate.h"
#include "support/batch.h"
#include "vectors/vector_file.h"

/* A search, and what it must count: every interleaving, every trace, or
 * nothing. */
enum counted { COUNTED_INTERLEAVINGS, COUNTED_TRACES, COUNTED_NOTHING };
struct searched {
	const char *strategy;
	enum counted counted;
	/* Of the largest search of the counter, in check and in soak. */
	uint64_t counter_executions_check;
	uint64_t counter_executions_soak;
	/* How many counters that makes. */
	unsigned counters_check;
	unsigned counters_soak;
};

/* 2 x 5, 3 x 2, 4 x 1 and 5 x 1; 2 x 6 and 3 x 3 */
static const struct searched dfs = {
	"dfs", COUNTED_INTERLEAVINGS, 200000, 20000000, 9, 12};
/* 2 x 5, 3 x 2, 4 x 1 and 5 x 1; 2 x 7, 3 x 3 and 6 x 1 */
static const struct searched dpor = {"dpor", COUNTED_TRACES, 40000, 4100000, 9,
				     13};

static const struct searched states = {"states", COUNTED_NOTHING, 0, 0, 0, 0};

static uint64_t executions_of(const struct searched *searched,
			      const struct increments_vector *vector)
{
	return searched->counted == COUNTED_TRACES ? vector->traces
						   : vector->interleavings;
}

/* x ends with 2 to T x K, or 1 to T where K is 1, and is printed. */
static char *counter_outcomes(const struct increments_vector *vector)
{
	const unsigned total = vector->threads * vector->increments;
	const unsigned least = vector->increments == 1 ? 1 : 2;
	struct lines lines = {0};
	char *line;

	for (unsigned x = least; x <= total; x++) {
		cr_assert(ge(int, asprintf(&line, "exit 0 x=%u", x), 0));
		lines_add(&lines, line);
	}
	return lines_join(&lines);
}

static void check_counter(const char *executable, const char *folder,
			  const struct searched *searched,
			  const struct increments_vector *vector)
{
	const uint64_t executions = executions_of(searched, vector);
	struct arguments arguments = {0};
	struct answer answer;
	char *expected = counter_outcomes(vector);
	char *actual;
	char *words;

	cr_assert(ge(int,
		     asprintf(&words,
			      "check %s --strategy %s --watch x --format json "
			      "--output %s -- %u %u",
			      executable, searched->strategy, folder,
			      vector->threads, vector->increments),
		     0));
	explorer_arguments(&arguments, words);
	explorer_run(&arguments, NULL, &answer);
	answer_expect(&answer, 1);
	actual = outcome_lines(answer.json, OUTCOME_VALUES);
	if (answer_integer(&answer, "executions") != (json_int_t)executions)
		cr_fail("counter %u x %u: expected %lu executions, actual %lld",
			vector->threads, vector->increments, executions,
			answer_integer(&answer, "executions"));
	cr_expect(zero(i64, answer_integer(&answer, "blocked")));
	if (strcmp(actual, expected) != 0)
		cr_fail("counter %u x %u: expected\n%sactual\n%s",
			vector->threads, vector->increments, expected, actual);
	cr_expect(eq(int,
		     json_is_true(json_object_get(answer.json, "complete")),
		     1));
	free(words);
	free(expected);
	free(actual);
	answer_fini(&answer);
	arguments_fini(&arguments);
}

static void check_counters(const struct searched *searched)
{
	const uint64_t most = soak() ? searched->counter_executions_soak
				     : searched->counter_executions_check;
	struct increments_vector *vectors;
	const size_t count = increments_vectors_read(INCREMENTS_FILE, &vectors);
	char *folder = scratch_folder("counter");
	struct arguments compile = {0};
	struct run run;
	char *executable;
	unsigned checked = 0;

	cr_assert(ge(int, asprintf(&executable, "%s/counter", folder), 0));
	explorer_arguments(&compile, "cc -g -pthread models/counter.c -o");
	arguments_add(&compile, executable);
	run_to_end(&compile, NULL, &run);
	if (run.status != 0)
		cr_fatal("%s\n%s", run.command, run.err);
	for (size_t i = 0; i < count; i++) {
		const uint64_t executions =
			executions_of(searched, &vectors[i]);

		if (executions == 0 || executions > most)
			continue;
		check_counter(executable, folder, searched, &vectors[i]);
		checked++;
	}
	cr_expect(eq(uint, checked,
		     soak() ? searched->counters_soak
			    : searched->counters_check));
	run_fini(&run);
	arguments_fini(&compile);
	free(executable);
	free(vectors);
	scratch_remove(folder);
}

Test(vectors, dfs_runs_every_interleaving_of_the_counter)
{
	check_counters(&dfs);
}

Test(vectors, dpor_runs_every_trace_of_the_counter_once)
{
	check_counters(&dpor);
}

/*
 * Executions are exact: those of the file where both variables are visible,
 * else those that the enumerator finds for the visible ones.
 */
static void check_vector(const struct batch *batch,
			 const struct searched *searched, unsigned number,
			 const struct program_vector *vector)
{
	struct enumeration learned = {.preemptions = ENUMERATE_UNBOUNDED};
	struct answer answer;
	json_int_t executions;
	uint64_t expected;
	char options[60];
	char *actual;

	enumerate_learning(&vector->program, &learned);
	if (learned.visible == ENUMERATE_ALL_VISIBLE) {
		cr_expect(
			eq(u64, learned.interleavings, vector->interleavings));
		if (vector->traces != 0)
			cr_expect(eq(u64, learned.traces, vector->traces));
	}
	snprintf(options, sizeof(options), "--strategy %s --max-traces 0",
		 searched->strategy);
	batch_run(batch, "check", options, number, &answer);
	expected = searched->counted == COUNTED_TRACES ? learned.traces
						       : learned.interleavings;
	executions = searched->counted == COUNTED_NOTHING
			     ? (json_int_t)expected
			     : answer_integer(&answer, "executions");
	cr_expect(zero(i64, answer_integer(&answer, "blocked")));
	if (executions != (json_int_t)expected)
		cr_fail("program %u: expected %lu executions (visible: %s%s), "
			"actual %lld",
			vector->number, expected,
			learned.visible & 1 ? "x" : "",
			learned.visible & 2 ? "y" : "", executions);
	actual = outcome_lines(answer.json, OUTCOME_VALUES);
	if (strcmp(actual, vector->outcomes) != 0)
		cr_fail("program %u: expected\n%sactual\n%s", vector->number,
			vector->outcomes, actual);
	free(actual);
	answer_fini(&answer);
	enumeration_fini(&learned);
}

static void check_programs(const struct searched *searched)
{
	struct program_vector *vectors;
	const size_t count = program_vectors_read(PROGRAMS_FILE, &vectors);
	struct small_program *programs = calloc(count, sizeof(*programs));
	struct batch batch;

	cr_assert(eq(sz, count, 300));
	for (size_t i = 0; i < count; i++)
		programs[i] = vectors[i].program;
	batch_build(programs, count, &batch);
	for (size_t i = 0; i < count; i++)
		check_vector(&batch, searched, (unsigned)i, &vectors[i]);
	batch_fini(&batch);
	free(programs);
	program_vectors_free(vectors, count);
}

Test(vectors, dfs_finds_exactly_the_listed_outcomes)
{
	check_programs(&dfs);
}

Test(vectors, dpor_finds_exactly_the_listed_outcomes)
{
	check_programs(&dpor);
}

Test(vectors, states_finds_exactly_the_listed_outcomes)
{
	check_programs(&states);
}

/*
 * States are those of the file, where threads are at their reads and writes
 * alone, up to what main adds. Its creates and its joins are silent, so the
 * start adds nothing. For each final value main, which has joined all, goes
 * through three further states: it has read x, it has printed, it has exited.
 */
#define STATES_OF_MAIN 3U

static void check_states(const char *executable,
			 const struct increments_vector *vector,
			 const char *options)
{
	const uint64_t of_main = STATES_OF_MAIN * vector->finals;
	struct answer answer;
	char *expected = counter_outcomes(vector);
	char *actual;
	char *words;

	cr_assert(ge(int,
		     asprintf(&words,
			      "check %s --strategy states --watch x --format "
			      "json --max-traces 0 %s -- %u %u",
			      executable, options, vector->threads,
			      vector->increments),
		     0));
	explorer_words(words, &answer);
	answer_expect(&answer, 1);
	actual = outcome_lines(answer.json, OUTCOME_VALUES);
	if (strcmp(actual, expected) != 0)
		cr_fail("%s: expected\n%sactual\n%s", words, expected, actual);
	if (answer_integer(&answer, "states") !=
	    (json_int_t)(vector->states + of_main))
		cr_fail("%s: expected %lu states, actual %lld", words,
			vector->states + of_main,
			answer_integer(&answer, "states"));
	/* Without sleep sets, which leave steps out. */
	if (answer_integer(&answer, "transitions") !=
	    (json_int_t)(vector->transitions + of_main))
		cr_fail("%s: expected %lu transitions, actual %lld", words,
			vector->transitions + of_main,
			answer_integer(&answer, "transitions"));
	free(expected);
	free(actual);
	free(words);
	answer_fini(&answer);
}

/* 2 x 10, 3 x 3, 4 x 2, 5 x 1, 6 x 1; 2 x 20, 3 x 5 */
#define STATES_CHECK   25000U
#define STATES_SOAK    450000U
#define COUNTERS_CHECK 15U
#define COUNTERS_SOAK  18U

Test(vectors, states_of_the_counter_are_those_of_theory)
{
	const uint64_t most = soak() ? STATES_SOAK : STATES_CHECK;
	struct increments_vector *vectors;
	const size_t count = increments_vectors_read(INCREMENTS_FILE, &vectors);
	char *folder = scratch_folder("counter");
	struct arguments compile = {0};
	unsigned checked = 0;
	struct run run;
	char *executable;

	cr_assert(ge(int, asprintf(&executable, "%s/counter", folder), 0));
	explorer_arguments(&compile, "cc -g -pthread models/counter.c -o");
	arguments_add(&compile, executable);
	run_to_end(&compile, NULL, &run);
	if (run.status != 0)
		cr_fatal("%s\n%s", run.command, run.err);
	for (size_t i = 0; i < count; i++)
		if (vectors[i].states <= most) {
			check_states(executable, &vectors[i],
				     "--count-interleavings");
			checked++;
		}
	cr_expect(eq(uint, checked, soak() ? COUNTERS_SOAK : COUNTERS_CHECK));
	run_fini(&run);
	arguments_fini(&compile);
	free(executable);
	free(vectors);
	scratch_remove(folder);
}
