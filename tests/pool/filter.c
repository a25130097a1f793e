/*
 * explorer/pool/filter.c
 */
#include "pool/filter.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct filter filter;
static char *error;

/* Reads a file with this text. */
static int read_text(const char *text)
{
	char path[] = "/tmp/suppressions-XXXXXX";
	int descriptor = mkstemp(path);
	FILE *file = fdopen(descriptor, "w");
	int failed;

	fputs(text, file);
	fclose(file);
	failed = filter_read(&filter, path, &error);
	unlink(path);
	return failed;
}

static struct finding race_in(char *function, char *file, char *variable)
{
	return (struct finding){
		.kind = FINDING_DATA_RACE,
		.access_count = 2,
		.accesses = {{.variable = variable,
			      .place = {.file = file, .function = function}},
			     {.variable = variable,
			      .place = {.file = file, .function = "other"}}},
	};
}

static bool hides(const char *line)
{
	struct finding race = race_in("increment", "models/counter.c", "x");
	bool hidden;

	cr_assert(zero(int, read_text(line)));
	hidden = filter_hides(&filter, &race);
	filter_fini(&filter);
	return hidden;
}

Test(filter, patterns_are_looked_for_in_functions_files_and_variables)
{
	cr_assert(hides("race:increment"));
	cr_assert(hides("race:cre"));
	cr_assert(hides("race:counter.c"));
	cr_assert(hides("race:^x$"));
	cr_assert(hides("race:other\n"));
	cr_assert(not(hides("race:decrement")));
	cr_assert(not(hides("race:^counter")));
	cr_assert(not(hides("race:incremen$")));
}

Test(filter, stars_stand_for_anything)
{
	cr_assert(hides("race:inc*ment"));
	cr_assert(hides("race:^inc*t$"));
	cr_assert(hides("race:*"));
	cr_assert(not(hides("race:^inc*x$")));
}

Test(filter, kinds_are_the_sanitizers_or_ours)
{
	cr_assert(hides("data-race:increment"));
	cr_assert(hides("*:increment"));
	cr_assert(not(hides("deadlock:increment")));
	cr_assert(not(hides("mutex:increment")));
	cr_assert(not(hides("signal:increment")));
}

Test(filter, comments_and_empty_lines_say_nothing)
{
	cr_assert(not(hides("# race:increment\n\n   \n")));
	cr_assert(hides("# why\n  race:increment  \n"));
}

Test(filter, what_is_no_suppression_is_told_with_its_line)
{
	cr_assert(eq(int, read_text("race:x\nrice:x\n"), -1));
	cr_assert(ne(ptr, strstr(error, ":2: 'rice:x'"), NULL));
	free(error);
	cr_assert(eq(int, read_text("race:\n"), -1));
	free(error);
	filter_fini(&filter);
}

Test(filter, what_has_no_effect_is_said_with_its_line)
{
	cr_assert(zero(int, read_text("race:x\nsignal:y\n")));
	cr_assert(eq(sz, filter.note_count, 1));
	cr_assert(ne(ptr, strstr(filter.notes[0], ":2: "), NULL));
	cr_assert(ne(ptr, strstr(filter.notes[0], "'signal'"), NULL));
	filter_fini(&filter);
}

Test(filter, races_may_be_told_by_the_accesses_alone)
{
	struct finding race = race_in("add", "a.c", "x");
	struct source_place caller = {.function = "work"};

	race.accesses[1].callers = (struct callers){&caller, 1};
	cr_assert(zero(int, read_text("race_top:work\nrace_top:^x$\n")));
	cr_assert(not(filter_hides(&filter, &race)));
	filter_fini(&filter);
	cr_assert(zero(int, read_text("race_top:^other$\n")));
	cr_assert(filter_hides(&filter, &race));
	filter_fini(&filter);
}

Test(filter, callers_count_too)
{
	struct finding race = race_in("add", "a.c", "x");
	struct source_place caller = {.function = "work"};

	race.accesses[1].callers = (struct callers){&caller, 1};
	cr_assert(zero(int, read_text("race:work")));
	cr_assert(filter_hides(&filter, &race));
	filter_fini(&filter);
}

Test(filter, deadlocks_that_are_left_out_excuse_their_outcome)
{
	struct merged merged = {0};

	filter.hidden = 1U << FINDING_DEADLOCK;
	outcome_list_add(
		&merged.outcomes,
		(struct found_outcome){.outcome = {.end = END_DEADLOCK}});
	finding_list_add(
		&merged.findings,
		(struct found_finding){.finding = {.kind = FINDING_DEADLOCK}});
	cr_assert(zero(sz, filter_apply(&filter, &merged)));
	cr_assert(zero(sz, merged.findings.count));
	cr_assert(not(outcome_is_finding(&merged.outcomes.at[0].outcome)));
	merged_fini(&merged);
}
