/*
 * The traces of a search, and their replay.
 */
#include "pool/traces.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

static char *folder;

static void make_folder(void)
{
	folder = folder_new();
}

static void remove_folder(void)
{
	folder_free(folder);
}

TestSuite(traces, .init = make_folder, .fini = remove_folder);

static struct search tracing_search(void)
{
	struct search search = fake_search();

	search.output_folder = folder;
	search.max_traces = 100;
	return search;
}

static struct trace read_trace(const char *path)
{
	struct trace trace = {0};
	struct trace_error error;
	FILE *file = fopen(path, "r");

	cr_assert(file != NULL, "%s", path);
	cr_assert(eq(int, trace_read(file, &trace, &error), 0), "%s",
		  error.message);
	fclose(file);
	return trace;
}

static bool ends_in(const char *text, const char *end)
{
	size_t length = strlen(text);

	return length >= strlen(end) &&
	       strcmp(text + length - strlen(end), end) == 0;
}

Test(traces, are_written_of_every_outcome_and_finding)
{
	struct search search = tracing_search();
	struct result result = search_scenario("plain", &search);

	for (size_t i = 0; i < result.outcome_count; i++)
		cr_assert(result.outcomes[i].trace != NULL);
	for (size_t i = 0; i < result.finding_count; i++)
		cr_assert(result.findings[i].trace != NULL);
	result_fini(&result);
}

Test(traces, are_shared_by_what_the_same_schedule_shows)
{
	struct search search = tracing_search();
	struct result result = search_scenario("plain", &search);
	const struct finding *race = finding_of(&result, FINDING_DATA_RACE);

	cr_assert(eq(str, race->trace, outcome_with(&result, "4")->trace));
	result_fini(&result);
}

Test(traces, are_shared_across_processes)
{
	struct search search = tracing_search();
	struct result result = search_scenario("dies", &search);
	const struct finding *crash = finding_of(&result, FINDING_CRASH);

	cr_assert(eq(str, crash->trace,
		     outcome_ending(&result, END_CRASH)->trace));
	result_fini(&result);
}

Test(traces, are_named_after_values)
{
	struct search search = tracing_search();
	struct result result = search_scenario("plain", &search);

	cr_assert(ends_in(outcome_with(&result, "2")->trace,
			  "fake-fake_x=2-1.trace"));
	/* It shows a finding, too. */
	cr_assert(ends_in(outcome_with(&result, "4")->trace,
			  "fake-fake_x=4-1.trace"));
	result_fini(&result);
}

Test(traces, go_to_the_rarest_outcomes_and_besides_to_findings)
{
	struct search search = tracing_search();
	struct result result;
	const struct finding *race;

	search.max_traces = 1;
	result = search_scenario("plain", &search);
	race = finding_of(&result, FINDING_DATA_RACE);
	cr_assert(outcome_with(&result, "2")->trace != NULL);
	cr_assert(zero(ptr, outcome_with(&result, "3")->trace));
	cr_assert(zero(ptr, outcome_with(&result, "4")->trace));
	cr_assert(ends_in(race->trace, "fake-data-race-1.trace"));
	result_fini(&result);
}

Test(traces, go_first_to_outcomes_that_were_not_expected)
{
	struct search search = tracing_search();
	struct result result;

	search.max_traces = 1;
	search.expect = "fake_x < 4";
	result = search_scenario("plain", &search);
	cr_assert(outcome_with(&result, "4")->trace != NULL);
	cr_assert(zero(ptr, outcome_with(&result, "2")->trace));
	cr_assert(eq(str, finding_of(&result, FINDING_UNEXPECTED_VALUE)->trace,
		     outcome_with(&result, "4")->trace));
	result_fini(&result);
}

Test(traces, of_unexpected_values_are_those_of_outcomes)
{
	struct search search = tracing_search();
	struct result result;
	size_t traced = 0;

	search.max_traces = 1;
	search.expect = "fake_x == 5";
	result = search_scenario("plain", &search);
	for (size_t i = 0; i < result.finding_count; i++)
		traced += result.findings[i].kind == FINDING_UNEXPECTED_VALUE &&
			  result.findings[i].trace;
	cr_assert(eq(sz, finding_count(&result, FINDING_UNEXPECTED_VALUE), 3));
	cr_assert(eq(sz, traced, 1));
	result_fini(&result);
}

Test(traces, are_not_written_if_there_are_to_be_none)
{
	struct search search = tracing_search();
	struct result result;

	search.max_traces = 0;
	result = search_scenario("plain", &search);
	for (size_t i = 0; i < result.outcome_count; i++)
		cr_assert(zero(ptr, result.outcomes[i].trace));
	for (size_t i = 0; i < result.finding_count; i++)
		cr_assert(zero(ptr, result.findings[i].trace));
	result_fini(&result);
}

Test(traces, name_each_step)
{
	struct search search = tracing_search();
	struct result result = search_scenario("plain", &search);
	struct trace trace = read_trace(outcome_with(&result, "3")->trace);

	cr_assert(eq(sz, trace.schedule.length, 3));
	cr_assert(eq(sz, trace.step_count, 3));
	cr_assert(eq(int, (int)trace.steps[0].op, OP_WRITE));
	cr_assert(eq(str, trace.steps[0].object, "fake_x"));
	cr_assert(eq(str, trace.steps[0].function, "fake_code"));
	cr_assert(eq(sz, trace.visible_count, 1));
	cr_assert(eq(str, trace.visible[0].name, "fake_x"));
	trace_fini(&trace);
	result_fini(&result);
}

Test(traces, that_cannot_be_written_leave_the_results)
{
	struct search search = tracing_search();
	struct result result;

	search.output_folder = "/dev/null/nowhere";
	result = search_scenario("plain", &search);
	cr_assert(result.write_error != NULL);
	cr_assert(strstr(result.write_error, "/dev/null/nowhere") != NULL);
	cr_assert(eq(sz, result.outcome_count, 3));
	result_fini(&result);
}

Test(traces, show_when_the_same_schedule_does_something_else)
{
	struct search search = tracing_search();
	struct result result = search_scenario("fickle", &search);

	cr_assert(eq(sz, finding_count(&result, FINDING_NONDETERMINISM), 1));
	result_fini(&result);
}

Test(traces, of_the_same_name_are_numbered)
{
	struct search search = tracing_search();
	struct result first = search_scenario("plain", &search);
	struct result second = search_scenario("plain", &search);

	cr_assert(ends_in(outcome_with(&first, "4")->trace, "-1.trace"));
	cr_assert(ends_in(outcome_with(&second, "2")->trace, "-2.trace"));
	result_fini(&first);
	result_fini(&second);
}

static struct replay replay_of(const char *scenario, const struct trace *trace)
{
	struct program program = fake_program(scenario);
	struct replay replay = {0};

	cr_assert(eq(int, pool_replay(&program, trace, false, &replay), 0));
	fake_program_fini(&program);
	return replay;
}

static struct trace trace_of_three(void)
{
	struct search search = tracing_search();
	struct result result;
	struct trace trace;

	search.expect = "fake_x == 4";
	result = search_scenario("plain", &search);
	trace = read_trace(outcome_with(&result, "2")->trace);
	result_fini(&result);
	return trace;
}

/* What follows plays a job of following first, which the scenario "replay"
 * has. */
Test(traces, replay_to_the_same)
{
	struct trace trace = trace_of_three();
	struct replay replay;

	trace.finding = FINDING_UNEXPECTED_VALUE;
	replay = replay_of("replay", &trace);
	cr_assert(replay.reproduced, "%s, not %s", replay.actual,
		  replay.expected);
	cr_assert(eq(sz, replay.result.outcome_count, 1));
	cr_assert(eq(sz, replay.note_count, 0));
	replay_fini(&replay);
	trace_fini(&trace);
}

Test(traces, that_come_to_other_values_have_diverged)
{
	struct trace trace = trace_of_three();
	struct replay replay = replay_of("replay-otherwise", &trace);

	cr_assert(not(replay.reproduced));
	cr_assert(strstr(replay.expected, "fake_x = 2") != NULL);
	cr_assert(strstr(replay.actual, "fake_x = 3") != NULL);
	replay_fini(&replay);
	trace_fini(&trace);
}

Test(traces, whose_step_is_another_have_diverged_there)
{
	struct trace trace = trace_of_three();
	struct replay replay;

	trace.steps[1].op = OP_READ;
	replay = replay_of("replay", &trace);
	cr_assert(not(replay.reproduced));
	cr_assert(eq(u64, replay.step, 1));
	cr_assert(strstr(replay.expected, "T1 read fake_x in fake_code()") !=
		  NULL);
	cr_assert(strstr(replay.actual, "T1 write fake_x in fake_code()") !=
		  NULL);
	replay_fini(&replay);
	trace_fini(&trace);
}

Test(traces, whose_finding_is_gone_have_diverged)
{
	struct trace trace = trace_of_three();
	struct replay replay;

	trace.finding = FINDING_DATA_RACE;
	replay = replay_of("replay", &trace);
	cr_assert(not(replay.reproduced));
	cr_assert(strstr(replay.expected, "data-race") != NULL);
	replay_fini(&replay);
	trace_fini(&trace);
}

Test(traces, of_another_build_are_noted)
{
	struct trace trace = trace_of_three();
	struct replay replay;

	free(trace.build_id);
	trace.build_id = strdup("0123456789");
	trace.finding = FINDING_COUNT;
	replay = replay_of("replay", &trace);
	cr_assert(replay.reproduced);
	cr_assert(eq(sz, replay.note_count, 1));
	replay_fini(&replay);
	trace_fini(&trace);
}

Test(traces, of_another_program_are_refused)
{
	struct trace trace = trace_of_three();
	struct program program = fake_program("replay");
	struct replay replay;

	free(trace.visible[0].name);
	trace.visible[0].name = strdup("no_such_variable");
	cr_assert(eq(int, pool_replay(&program, &trace, false, &replay), -1));
	fake_program_fini(&program);
	trace_fini(&trace);
}

static struct trace trace_of_death(void)
{
	struct search search = tracing_search();
	struct result result = search_scenario("dies", &search);
	const struct finding *crash = finding_of(&result, FINDING_CRASH);
	struct trace trace;

	cr_assert(crash != NULL);
	cr_assert(strstr(crash->message, "after write in fake_code()") != NULL,
		  "%s", crash->message);
	trace = read_trace(crash->trace);
	result_fini(&result);
	return trace;
}

Test(traces, of_a_death_say_what_it_left)
{
	struct trace trace = trace_of_death();

	cr_assert(eq(int, (int)trace.outcome.end, END_CRASH));
	cr_assert(eq(int, trace.outcome.status, SIGKILL));
	cr_assert(eq(sz, trace.outcome.value_count, 1));
	cr_assert(eq(str, trace.outcome.values[0].text, "3"));
	cr_assert(eq(sz, trace.step_count, 3));
	trace_fini(&trace);
}

Test(traces, of_a_death_replay_with_the_finding)
{
	struct trace trace = trace_of_death();
	struct replay replay = replay_of("dies", &trace);

	cr_assert(replay.reproduced, "%s, not %s", replay.actual,
		  replay.expected);
	cr_assert(eq(sz, finding_count(&replay.result, FINDING_CRASH), 1));
	cr_assert(outcome_with(&replay.result, "3") != NULL);
	replay_fini(&replay);
	trace_fini(&trace);
}

static void expect_stem(const char *stem, const char *program, const char *what,
			const struct outcome *outcome)
{
	char *actual = trace_stem(program, what, outcome);

	cr_assert(eq(str, actual, (char *)stem));
	free(actual);
}

Test(trace_stem, says_program_and_kind_or_values)
{
	struct value values[] = {{(char *)"x", (char *)"2", VALUE_INTEGER},
				 {(char *)"a.c:p", (char *)"&x+8", VALUE_NAME}};
	struct outcome outcome = {.values = values, .value_count = 1};

	expect_stem("counter-x=2", "models/counter.c", NULL, &outcome);
	expect_stem("counter-data-race", "./counter", "data-race", &outcome);
	outcome.value_count = 2;
	expect_stem("counter-x=2,a.c_p=_x+8", "counter", NULL, &outcome);
	outcome.value_count = 0;
	expect_stem("counter-exit", "counter", NULL, &outcome);
	outcome.status = 3;
	expect_stem("counter-exit-3", "counter", NULL, &outcome);
	outcome.end = END_DEADLOCK;
	expect_stem("my_prog-deadlock", "my prog", NULL, &outcome);
}

Test(trace_stem, is_short_enough_for_a_file_name)
{
	char name[2000];
	char *stem;

	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	stem = trace_stem(name, "deadlock", NULL);
	cr_assert(lt(sz, strlen(stem), 200));
	free(stem);
}
