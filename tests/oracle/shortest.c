/*
 * The traces of --shortest against brute force, on random programs with every
 * operation: no interleaving with that outcome has fewer switches between
 * threads, and none with as many has fewer steps.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/enumerate.h"
#include "oracle/generate.h"
#include "support/batch.h"
#include "vectors/program_source.h"

#define PROGRAMS_CHECK	  40
#define PROGRAMS_SOAK	  400
#define INTERLEAVINGS_MAX 4000
#define OUTCOMES_MIN	  2

static bool is_wanted(const struct small_program *program)
{
	struct enumeration all = {.preemptions = ENUMERATE_UNBOUNDED,
				  .visible = (1U << SMALL_VARIABLES) - 1,
				  .limit = INTERLEAVINGS_MAX};
	bool wanted;

	enumerate(program, &all);
	wanted = !all.limit_reached && all.outcomes.count >= OUTCOMES_MIN;
	enumeration_fini(&all);
	return wanted;
}

/* "outcome: switches, steps" */
static char *cost_line(const char *outcome, unsigned switches, unsigned steps)
{
	char *line;

	cr_assert(ge(int,
		     asprintf(&line, "%s: %u, %u", outcome, switches, steps),
		     0));
	return line;
}

static char *expected_of(const struct small_program *program)
{
	struct enumeration all = {.preemptions = ENUMERATE_UNBOUNDED};
	struct lines lines = {0};

	enumerate_learning(program, &all);
	for (size_t i = 0; i < all.outcomes.count; i++)
		lines_add(&lines,
			  cost_line(all.outcomes.at[i], all.costs[i].switches,
				    all.costs[i].operations));
	enumeration_fini(&all);
	return lines_join(&lines);
}

/* Before there are threads main has made steps that brute force knows nothing
 * of. */
static unsigned count_inits(const char *text)
{
	unsigned count = 0;

	while ((text = strstr(text, "-init "))) {
		count++;
		text++;
	}
	return count;
}

/* What the trace's schedule says: "schedule 6", "  main T1*3 T2*2 main". */
static char *cost_of_trace(const char *outcome, const char *path)
{
	char *text = scratch_read(path);
	const char *schedule = strstr(text, "\nschedule ");
	unsigned turns = 0;
	unsigned steps;
	char *line;

	cr_assert_not_null(schedule, "%s has no schedule", path);
	steps = (unsigned)strtoul(schedule + strlen("\nschedule "), NULL, 10);
	for (schedule = strchr(schedule + 1, '\n');
	     strncmp(schedule, "\n  ", 3) == 0;
	     schedule = strchr(schedule + 1, '\n'))
		for (const char *at = schedule + 1; *at != '\n'; at++)
			turns += *at != ' ' && at[-1] == ' ';
	line = cost_line(outcome, turns - 1, steps - count_inits(text));
	free(text);
	return line;
}

static char *actual_of(const struct batch *batch,
		       const struct small_program *program, unsigned number)
{
	const uint32_t variables = small_program_variables(program);
	const bool prints =
		(small_program_kinds(program) & SMALL_KINDS_PRINTING) != 0;
	char options[200] = "--shortest";
	struct lines lines = {0};
	struct answer answer;
	const json_t *outcome;
	size_t i;

	for (unsigned v = SMALL_NEIGHBOURS; v < SMALL_VARIABLES; v++)
		if (variables >> v & 1U)
			snprintf(options + strlen(options),
				 sizeof(options) - strlen(options),
				 " --watch %s", program_source_variable(v));
	batch_run(batch, "check", options, number, &answer);
	json_array_foreach(json_object_get(answer.json, "outcomes"), i, outcome)
	{
		char *name =
			outcome_line(outcome, prints ? OUTCOME_VALUES_AND_OUTPUT
						     : OUTCOME_VALUES);

		lines_add(&lines,
			  cost_of_trace(name, json_string_value(json_object_get(
						      outcome, "trace"))));
		free(name);
	}
	answer_fini(&answer);
	return lines_join(&lines);
}

Test(oracle, shortest_traces_are_as_short_as_can_be)
{
	const size_t count = soak() ? PROGRAMS_SOAK : PROGRAMS_CHECK;
	struct small_program *programs = calloc(count, sizeof(*programs));
	uint64_t seed = 400000;
	struct batch batch;

	for (size_t i = 0; i < count; seed++) {
		generate_any(seed, &programs[i]);
		i += is_wanted(&programs[i]);
	}
	batch_build(programs, count, &batch);
	for (size_t i = 0; i < count; i++) {
		char *expected = expected_of(&programs[i]);
		char *actual = actual_of(&batch, &programs[i], (unsigned)i);

		if (strcmp(expected, actual) != 0) {
			small_program_print(stderr, &programs[i]);
			cr_fail("expected\n%sactual\n%s", expected, actual);
		}
		free(expected);
		free(actual);
	}
	batch_fini(&batch);
	free(programs);
}
