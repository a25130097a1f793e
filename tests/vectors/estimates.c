/*
 * The guess at how many executions there will be, on searches of known size:
 * when a tenth of them is done, the true number lies in the range that is shown
 * in nine of ten cases, and the range's ends differ at most tenfold.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "support/batch.h"
#include "vectors/vector_file.h"

/* Smaller searches have no tenth worth looking at; larger ones take long. */
#define SIZE_MIN     30
#define SIZE_MAX_RUN 40000
#define TIMES_MOST   10.001

struct tally {
	unsigned cases;
	unsigned right;
	struct lines wrong;
};

static double bound_of_range(const struct answer *answer, const char *name)
{
	const json_t *range = json_object_get(answer->json, "estimate");

	cr_assert(ne(ptr, (void *)json_object_get(range, name), NULL), "%s",
		  answer->run.command);
	return json_number_value(json_object_get(range, name));
}

/* What a search says that was ended after a tenth of `size` executions. */
static void judge(const struct answer *answer, json_int_t size,
		  struct tally *tally)
{
	const double low = bound_of_range(answer, "low");
	const double high = bound_of_range(answer, "high");
	char *line;

	cr_expect(le(dbl, high, TIMES_MOST * low + 10), "%s",
		  answer->run.command);
	tally->cases++;
	if (low <= (double)size && (double)size <= high) {
		tally->right++;
		return;
	}
	cr_assert(ge(int,
		     asprintf(&line, "%lld not in %.0f to %.0f: %s",
			      (long long)size, low, high, answer->run.command),
		     0));
	lines_add(&tally->wrong, line);
}

static void expect_calibrated(struct tally *tally, unsigned cases)
{
	char *wrong = lines_join(&tally->wrong);

	cr_expect(ge(uint, tally->cases, cases));
	cr_expect(ge(uint, 10 * tally->right, 9 * tally->cases), "%s", wrong);
	free(wrong);
}

/* --- Counters, with a lock and without */

static void search_counter(const char *executable, const char *strategy,
			   unsigned threads, unsigned times,
			   json_int_t executions, struct answer *ret_answer)
{
	struct arguments arguments = {0};
	char *words;

	cr_assert(ge(int,
		     asprintf(&words,
			      "check %s --strategy %s --max-traces 0 "
			      "--format json --max-executions %lld -- %u %u",
			      executable, strategy, (long long)executions,
			      threads, times),
		     0));
	explorer_arguments(&arguments, words);
	explorer_run(&arguments, NULL, ret_answer);
	free(words);
	arguments_fini(&arguments);
}

static void check_counter(const char *executable, const char *strategy,
			  unsigned threads, unsigned times, struct tally *tally)
{
	struct answer answer;
	json_int_t size;

	search_counter(executable, strategy, threads, times, SIZE_MAX_RUN,
		       &answer);
	size = answer_integer(&answer, "executions");
	answer_fini(&answer);
	if (size < SIZE_MIN || size >= SIZE_MAX_RUN)
		return;
	search_counter(executable, strategy, threads, times, (size + 9) / 10,
		       &answer);
	judge(&answer, size, tally);
	answer_fini(&answer);
}

static char *build(const char *folder, const char *model)
{
	struct arguments compile = {0};
	struct run run;
	char *executable;
	char *words;

	cr_assert(ge(int, asprintf(&executable, "%s/%s", folder, model), 0));
	cr_assert(ge(int,
		     asprintf(&words, "cc -g -pthread models/%s.c -o %s", model,
			      executable),
		     0));
	explorer_arguments(&compile, words);
	run_to_end(&compile, NULL, &run);
	if (run.status != 0)
		cr_fatal("%s\n%s", run.command, run.err);
	run_fini(&run);
	arguments_fini(&compile);
	free(words);
	return executable;
}

static void check_counters(const char *strategy, unsigned cases)
{
	static const char *const models[] = {"counter", "counter_lock"};
	static const struct {
		unsigned threads;
		unsigned times;
	} sizes[] = {{2, 2}, {2, 3}, {2, 4}, {2, 5}, {2, 6}, {2, 8}, {3, 1},
		     {3, 2}, {3, 3}, {4, 1}, {4, 2}, {5, 1}, {6, 1}};
	char *folder = scratch_folder("estimates");
	struct tally tally = {0};

	for (size_t m = 0; m < 2; m++) {
		char *executable = build(folder, models[m]);

		for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
			check_counter(executable, strategy, sizes[i].threads,
				      sizes[i].times, &tally);
		free(executable);
	}
	expect_calibrated(&tally, cases);
	scratch_remove(folder);
}

Test(estimates, of_dpor_hold_for_counters)
{
	check_counters("dpor", 12);
}

Test(estimates, of_dfs_hold_for_counters)
{
	check_counters("dfs", 8);
}

/* --- Random programs */

static void check_program(const struct batch *batch, const char *strategy,
			  unsigned number, struct tally *tally)
{
	struct answer answer;
	char options[100];
	json_int_t size;

	snprintf(options, sizeof(options), "--strategy %s --max-traces 0",
		 strategy);
	batch_run(batch, "check", options, number, &answer);
	size = answer_integer(&answer, "executions");
	answer_fini(&answer);
	if (size < SIZE_MIN || size >= SIZE_MAX_RUN)
		return;
	snprintf(options, sizeof(options),
		 "--strategy %s --max-traces 0 --max-executions %lld", strategy,
		 (long long)(size + 9) / 10);
	batch_run(batch, "check", options, number, &answer);
	judge(&answer, size, tally);
	answer_fini(&answer);
}

static void check_programs(const char *strategy, unsigned cases)
{
	struct program_vector *vectors;
	const size_t count = program_vectors_read(PROGRAMS_FILE, &vectors);
	struct small_program *programs = calloc(count, sizeof(*programs));
	struct tally tally = {0};
	struct batch batch;

	for (size_t i = 0; i < count; i++)
		programs[i] = vectors[i].program;
	batch_build(programs, count, &batch);
	for (unsigned i = 0; i < count && (soak() || tally.cases < cases); i++)
		check_program(&batch, strategy, i, &tally);
	batch_fini(&batch);
	free(programs);
	program_vectors_free(vectors, count);
	expect_calibrated(&tally, cases);
}

Test(estimates, of_dpor_hold_for_random_programs)
{
	check_programs("dpor", 12);
}

Test(estimates, of_dfs_hold_for_random_programs)
{
	check_programs("dfs", 40);
}
