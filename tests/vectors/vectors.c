/*
 * The depth-first search against answers that are known: the counter's exact
 * counts, and the 300 random programs.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/enumerate.h"
#include "support/batch.h"
#include "vectors/vector_file.h"

/* Interleavings of the largest search of the counter: 2 x 5 and 3 x 2 are
 * within the first, 2 x 6 and 3 x 3 within the second. */
#define COUNTER_INTERLEAVINGS_CHECK 200000
#define COUNTER_INTERLEAVINGS_SOAK  20000000

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
			  const struct increments_vector *vector)
{
	struct arguments arguments = {0};
	struct answer answer;
	char *expected = counter_outcomes(vector);
	char *actual;
	char *words;

	cr_assert(ge(int,
		     asprintf(&words,
			      "check %s --strategy dfs --watch x --format json "
			      "--output %s -- %u %u",
			      executable, folder, vector->threads,
			      vector->increments),
		     0));
	explorer_arguments(&arguments, words);
	explorer_run(&arguments, NULL, &answer);
	answer_expect(&answer, 1);
	actual = outcome_lines(answer.json, OUTCOME_VALUES);
	if (answer_integer(&answer, "executions") !=
	    (json_int_t)vector->interleavings)
		cr_fail("counter %u x %u: expected %lu executions, actual %lld",
			vector->threads, vector->increments,
			vector->interleavings,
			answer_integer(&answer, "executions"));
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

Test(vectors, dfs_runs_every_interleaving_of_the_counter)
{
	const uint64_t most = soak() ? COUNTER_INTERLEAVINGS_SOAK
				     : COUNTER_INTERLEAVINGS_CHECK;
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
	for (size_t i = 0; i < count; i++)
		if (vectors[i].interleavings != 0 &&
		    vectors[i].interleavings <= most) {
			check_counter(executable, folder, &vectors[i]);
			checked++;
		}
	cr_expect(ge(uint, checked, 9));
	run_fini(&run);
	arguments_fini(&compile);
	free(executable);
	free(vectors);
	scratch_remove(folder);
}

/*
 * Executions are exact: those of the file where both variables are visible,
 * else those that the enumerator finds for the visible ones.
 */
static void check_vector(const struct batch *batch, unsigned number,
			 const struct program_vector *vector)
{
	struct enumeration learned = {.preemptions = ENUMERATE_UNBOUNDED};
	struct answer answer;
	json_int_t executions;
	char *actual;

	enumerate_learning(&vector->program, &learned);
	if (learned.visible == ENUMERATE_ALL_VISIBLE)
		cr_expect(
			eq(u64, learned.interleavings, vector->interleavings));
	batch_run(batch, "check", "--strategy dfs --max-traces 0", number,
		  &answer);
	executions = answer_integer(&answer, "executions");
	if (executions != (json_int_t)learned.interleavings)
		cr_fail("program %u: expected %lu executions (visible: %s%s), "
			"actual %lld",
			vector->number, learned.interleavings,
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

static bool needs_later_operations(const struct program_vector *vector)
{
	return (small_program_kinds(&vector->program) & SMALL_KINDS_LATER) != 0;
}

Test(vectors, dfs_finds_exactly_the_listed_outcomes)
{
	struct program_vector *vectors;
	const size_t count = program_vectors_read(PROGRAMS_FILE, &vectors);
	struct small_program *programs = calloc(count, sizeof(*programs));
	size_t *places = calloc(count, sizeof(*places));
	struct batch batch;
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (!needs_later_operations(&vectors[i])) {
			places[kept] = i;
			programs[kept++] = vectors[i].program;
		}
	cr_assert(gt(sz, kept, count / 2));
	cr_log_info("%zu of %zu programs use conditions or barriers, which "
		    "are not supported yet: skipped",
		    count - kept, count);
	batch_build(programs, kept, &batch);
	for (size_t i = 0; i < kept; i++)
		check_vector(&batch, (unsigned)i, &vectors[places[i]]);
	batch_fini(&batch);
	free(programs);
	free(places);
	program_vectors_free(vectors, count);
}
