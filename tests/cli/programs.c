/*
 * Every program of tests/programs and models does what its opening comment
 * says, and every trace of it reproduces what it was saved for.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "cli/expectation.h"

/* The most cases that one program has. */
#define CASES_MAX 8

struct program_parameter {
	char path[116];
	int case_number;
};

/* ONLY=word in the environment: the programs whose path contains it. */
static bool is_wanted(const char *path)
{
	const char *only = getenv("ONLY");

	return only == NULL || strstr(path, only) != NULL;
}

/* How many times the program is run: once for each case of its comment. */
static int cases(const char *path)
{
	struct expectation expectation;
	int count;

	expectation_read(path, &expectation);
	count = expectation.case_count > 0 ? expectation.case_count : 1;
	expectation_fini(&expectation);
	return count;
}

static struct criterion_test_params all_programs(void)
{
	struct program_parameter *parameters = NULL;
	size_t count = 0;
	glob_t found;

	glob("tests/programs/*.c", 0, NULL, &found);
	glob("tests/programs/*.cpp", GLOB_APPEND, NULL, &found);
	glob("models/*.c", GLOB_APPEND, NULL, &found);
	parameters = cr_malloc((found.gl_pathc + 1) * CASES_MAX *
			       sizeof(*parameters));
	for (size_t i = 0; i < found.gl_pathc; i++) {
		const char *path = found.gl_pathv[i];

		if (!is_wanted(path))
			continue;
		for (int k = 1; k <= cases(path) && k <= CASES_MAX; k++) {
			struct program_parameter *made = &parameters[count++];

			made->case_number = k;
			snprintf(made->path, sizeof(made->path), "%s", path);
		}
	}
	globfree(&found);
	return cr_make_param_array(struct program_parameter, parameters, count,
				   NULL);
}

ParameterizedTestParameters(programs, does_what_its_comment_says)
{
	return all_programs();
}

ParameterizedTestParameters(programs, ends_the_same_by_default)
{
	return all_programs();
}

static void add_all(struct arguments *arguments, const struct lines *words)
{
	for (size_t i = 0; i < words->count; i++)
		arguments_add(arguments, words->at[i]);
}

/* As one --cflags. */
static void add_flags(struct arguments *arguments, const struct lines *flags)
{
	char *text = NULL;
	size_t length = 0;
	FILE *stream;

	if (flags->count == 0)
		return;
	stream = open_memstream(&text, &length);
	for (size_t i = 0; i < flags->count; i++)
		fprintf(stream, "%s ", flags->at[i]);
	fclose(stream);
	arguments_add(arguments, "--cflags");
	arguments_add(arguments, text);
	free(text);
}

/* strategy: NULL for the default. */
static void run_program(const char *path, const char *folder,
			const struct expectation *expectation,
			const char *strategy, struct answer *ret_answer)
{
	struct arguments arguments = {0};

	arguments_add(&arguments, explorer_path());
	if (expectation->command.count == 0)
		arguments_add(&arguments, "check");
	add_all(&arguments, &expectation->command);
	arguments_add(&arguments, path);
	arguments_add_words(&arguments, "--format json --output");
	arguments_add(&arguments, folder);
	for (size_t i = 0; i < expectation->watches.count; i++) {
		arguments_add(&arguments, "--watch");
		arguments_add(&arguments, expectation->watches.at[i]);
	}
	add_flags(&arguments, &expectation->flags);
	add_all(&arguments, &expectation->options);
	if (strategy != NULL) {
		arguments_add(&arguments, "--strategy");
		arguments_add(&arguments, strategy);
	}
	if (expectation->arguments.count > 0)
		arguments_add(&arguments, "--");
	add_all(&arguments, &expectation->arguments);
	explorer_run(&arguments, NULL, ret_answer);
	arguments_fini(&arguments);
}

__attribute__((format(printf, 2, 3))) static void
differ(struct lines *wrong, const char *format, ...)
{
	va_list values;
	char *line;

	va_start(values, format);
	if (vasprintf(&line, format, values) >= 0)
		lines_add(wrong, line);
	va_end(values);
}

/* Replays a trace; NULL for a trace that was not written. */
static json_t *replayed(const json_t *shown, struct lines *wrong)
{
	const char *trace = json_string_value(json_object_get(shown, "trace"));
	struct arguments arguments = {0};
	struct answer answer;
	json_t *json;

	if (trace == NULL) {
		differ(wrong, "an outcome or finding without a trace");
		return NULL;
	}
	explorer_arguments(&arguments, "replay --format json");
	arguments_add(&arguments, trace);
	explorer_run(&arguments, NULL, &answer);
	json = json_incref(answer.json);
	if (answer.run.status != 0 || json == NULL) {
		differ(wrong,
		       "%s: expected status 0, actual %d\n%.1000s%.1000s",
		       answer.run.command, answer.run.status, answer.run.out,
		       answer.run.err);
		json_decref(json);
		json = NULL;
	}
	answer_fini(&answer);
	arguments_fini(&arguments);
	return json;
}

static void replay_outcome(const json_t *outcome, struct lines *wrong)
{
	char *expected = outcome_line(outcome, OUTCOME_VALUES_AND_OUTPUT);
	json_t *again = replayed(outcome, wrong);
	char *actual;

	if (again != NULL) {
		actual = outcome_line(
			json_array_get(json_object_get(again, "outcomes"), 0),
			OUTCOME_VALUES_AND_OUTPUT);
		if (strcmp(expected, actual) != 0)
			differ(wrong, "replay: expected %.400s, actual %.400s",
			       expected, actual);
		free(actual);
	}
	json_decref(again);
	free(expected);
}

static bool has_kind(const json_t *findings, const char *kind)
{
	const json_t *finding;
	size_t i;

	json_array_foreach(
		findings, i,
		finding) if (strcmp(json_string_value(json_object_get(finding,
								      "kind")),
				    kind) == 0) return true;
	return false;
}

static void replay_finding(const json_t *finding, struct lines *wrong)
{
	const char *kind = json_string_value(json_object_get(finding, "kind"));
	json_t *again = replayed(finding, wrong);

	if (again != NULL &&
	    !has_kind(json_object_get(again, "findings"), kind))
		differ(wrong, "replay: expected finding %s, which is not there",
		       kind);
	json_decref(again);
}

static void replay_all(const json_t *answer, struct lines *wrong)
{
	const json_t *shown;
	size_t i;

	json_array_foreach(json_object_get(answer, "outcomes"), i, shown)
		replay_outcome(shown, wrong);
	json_array_foreach(json_object_get(answer, "findings"), i, shown)
		replay_finding(shown, wrong);
}

/* A search that looks at pending operations says where that may not be enough,
 * if nobody expects it to; everything else is to be the same. */
static void forgive_undecided_races(struct answer *answer,
				    const struct expectation *expectation)
{
	json_t *reasons = json_object_get(answer->json, "incomplete_because");
	const json_t *verdict = json_object_get(answer->json, "verdict");

	if (lines_contain(&expectation->incomplete, "races-not-decided"))
		return;
	for (size_t i = json_array_size(reasons); i-- > 0;)
		if (strcmp(json_string_value(json_array_get(reasons, i)),
			   "races-not-decided") == 0)
			json_array_remove(reasons, i);
	if (json_array_size(reasons) > 0 ||
	    strcmp(json_string_value(verdict), "incomplete") != 0)
		return;
	json_object_set_new(answer->json, "verdict", json_string("verified"));
	answer->run.status = 0;
}

static void check_program(const char *path,
			  const struct expectation *expectation,
			  const char *strategy)
{
	struct lines wrong = {0};
	struct answer answer;
	char *folder = scratch_folder("program");
	char *text;

	run_program(path, folder, expectation, strategy, &answer);
	if (strategy != NULL && strcmp(strategy, "states") == 0)
		forgive_undecided_races(&answer, expectation);
	expectation_check(expectation, &answer, &wrong);
	replay_all(answer.json, &wrong);
	if (wrong.count > 0) {
		text = lines_join(&wrong);
		cr_fail("%s\n%s\n%s", path, answer.run.command, text);
		free(text);
	}
	answer_fini(&answer);
	scratch_remove(folder);
}

static bool has_word(const struct lines *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->at[i], word) == 0)
			return true;
	return false;
}

/* Whether the program's options leave open how schedules are searched. */
static bool leaves_strategy_open(const struct expectation *expectation)
{
	return expectation->command.count == 0 &&
	       !has_word(&expectation->options, "--strategy");
}

/* And all of them are to be covered. */
static bool leaves_search_open(const struct expectation *expectation)
{
	return leaves_strategy_open(expectation) &&
	       !has_word(&expectation->options, "--preemptions");
}

/* Its comment counts interleavings. */
ParameterizedTest(const struct program_parameter *parameter, programs,
		  does_what_its_comment_says)
{
	struct expectation expectation;

	expectation_read_case(parameter->path, parameter->case_number,
			      &expectation);
	if (expectation.verdict == NULL)
		cr_fatal("%s: its comment says no verdict", parameter->path);
	check_program(parameter->path, &expectation,
		      leaves_strategy_open(&expectation) ? "dfs" : NULL);
	expectation_fini(&expectation);
}

/* Reduction and states, which take turns, lose no outcome and no finding.
 * Executions are fewer, and which of them lost an update is said of those that
 * are run. */
ParameterizedTest(const struct program_parameter *parameter, programs,
		  ends_the_same_by_default)
{
	struct expectation expectation;

	expectation_read_case(parameter->path, parameter->case_number,
			      &expectation);
	expectation.executions = -1;
	if (leaves_search_open(&expectation))
		check_program(parameter->path, &expectation, NULL);
	expectation_fini(&expectation);
}

/* A search that visits states does not decide races of what relaxed atomics
 * keep apart. */
static bool has_relaxed_atomics(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[200];
	bool has = false;

	while (file != NULL && !has && fgets(line, sizeof(line), file) != NULL)
		has = strstr(line, "memory_order_relaxed") != NULL ||
		      strstr(line, "__ATOMIC_RELAXED") != NULL;
	if (file != NULL)
		fclose(file);
	return has;
}

/* So does a search that visits states; in how many executions something
 * happened, and which of them lost an update, it cannot say. */
ParameterizedTestParameters(programs, ends_the_same_with_states)
{
	return all_programs();
}

ParameterizedTest(const struct program_parameter *parameter, programs,
		  ends_the_same_with_states)
{
	struct expectation expectation;

	expectation_read_case(parameter->path, parameter->case_number,
			      &expectation);
	expectation.executions = -1;
	lines_fini(&expectation.lost);
	if (leaves_search_open(&expectation) &&
	    !has_word(&expectation.options, "--max-executions") &&
	    !has_relaxed_atomics(parameter->path))
		check_program(parameter->path, &expectation, "states");
	expectation_fini(&expectation);
}

/* A comment with a fact that is mistyped would pass unread. */
Test(programs, every_program_states_facts_that_are_read)
{
	glob_t found;

	cr_assert(zero(int, glob("tests/programs/*.c", 0, NULL, &found)));
	cr_assert(zero(
		int, glob("tests/programs/*.cpp", GLOB_APPEND, NULL, &found)));
	cr_assert(gt(sz, found.gl_pathc, 50));
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct expectation expectation;

		expectation_read(found.gl_pathv[i], &expectation);
		if (expectation.verdict == NULL)
			cr_fail("%s: no verdict", found.gl_pathv[i]);
		else if (strcmp(expectation.verdict, "any") == 0 &&
			 expectation.outcomes.count > 0)
			cr_fail("%s: with any verdict nothing is checked",
				found.gl_pathv[i]);
		if (expectation.case_count > CASES_MAX)
			cr_fail("%s: too many cases", found.gl_pathv[i]);
		expectation_fini(&expectation);
	}
	globfree(&found);
}
