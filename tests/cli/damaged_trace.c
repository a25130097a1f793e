/*
 * Traces that were cut, changed, or belong to something else. Whatever is done
 * to one, replay and show answer with a sentence, a divergence or the trace,
 * and never crash.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

#define SOURCE "tests/programs/lost_update.c"

/* A trace of the program that loses an update. */
static char *a_trace(const char *folder)
{
	struct arguments arguments = {0};
	struct answer answer;
	const char *path;
	char *copy;

	explorer_arguments(&arguments,
			   "check " SOURCE " --watch x --format json --output");
	arguments_add(&arguments, folder);
	explorer_run(&arguments, NULL, &answer);
	answer_expect(&answer, 1);
	path = json_string_value(json_object_get(
		json_array_get(json_object_get(answer.json, "outcomes"), 0),
		"trace"));
	cr_assert_not_null(path);
	copy = strdup(path);
	answer_fini(&answer);
	arguments_fini(&arguments);
	return copy;
}

static void on_trace(const char *command, const char *folder, const char *text,
		     struct answer *ret_answer)
{
	struct arguments arguments = {0};
	char *path = scratch_write(folder, "damaged.trace", text);

	explorer_arguments(&arguments, command);
	arguments_add(&arguments, path);
	explorer_run(&arguments, NULL, ret_answer);
	arguments_fini(&arguments);
	free(path);
}

static void refused(const char *folder, const char *text, const char *says)
{
	static const char *const commands[] = {"replay", "show"};

	for (int i = 0; i < 2; i++) {
		struct answer answer;

		on_trace(commands[i], folder, text, &answer);
		answer_expect_refusal(&answer, says);
		answer_fini(&answer);
	}
}

/* Text up to and including its n-th line. */
static char *first_lines(const char *text, unsigned count)
{
	const char *end = text;

	while (count-- > 0 && *end != '\0')
		end = strchr(end, '\n') + 1;
	return strndup(text, (size_t)(end - text));
}

static unsigned line_count(const char *text)
{
	unsigned count = 0;

	for (; *text != '\0'; text++)
		count += *text == '\n';
	return count;
}

Test(damaged_trace, cut_short_anywhere_is_refused)
{
	char *folder = scratch_folder("damaged");
	char *trace = a_trace(folder);
	char *text = scratch_read(trace);
	const unsigned lines = line_count(text);

	for (unsigned kept = 0; kept < lines; kept += 1 + lines / 12) {
		char *cut = first_lines(text, kept);

		refused(folder, cut, "damaged.trace");
		free(cut);
	}
	free(text);
	free(trace);
	scratch_remove(folder);
}

Test(damaged_trace, a_corrupt_line_is_named)
{
	char *folder = scratch_folder("damaged");
	char *trace = a_trace(folder);
	char *text = scratch_read(trace);
	char *begin = first_lines(text, 2);
	char *damaged;

	cr_assert(ge(int,
		     asprintf(&damaged, "%s\x01\xff nonsense\n%s", begin,
			      text + strlen(begin)),
		     0));
	refused(folder, damaged, "damaged.trace:3");
	free(damaged);
	free(begin);
	free(text);
	free(trace);
	scratch_remove(folder);
}

/* The first number of the first line is the version. */
Test(damaged_trace, a_newer_version_is_named)
{
	char *folder = scratch_folder("damaged");
	char *trace = a_trace(folder);
	char *text = scratch_read(trace);
	const size_t at = strcspn(text, "0123456789");
	char *newer;

	cr_assert(lt(sz, at, strcspn(text, "\n")));
	cr_assert(ge(int, asprintf(&newer, "%.*s9%s", (int)at, text, text + at),
		     0));
	refused(folder, newer, "version");
	free(newer);
	free(text);
	free(trace);
	scratch_remove(folder);
}

static void replay_with(const char *trace, const char *program,
			struct answer *ret_answer)
{
	struct arguments arguments = {0};

	explorer_arguments(&arguments, "replay --format json");
	arguments_add(&arguments, trace);
	arguments_add(&arguments, program);
	explorer_run(&arguments, NULL, ret_answer);
	arguments_fini(&arguments);
}

Test(damaged_trace, a_trace_of_another_program_is_refused)
{
	char *folder = scratch_folder("damaged");
	char *trace = a_trace(folder);
	struct answer answer;

	replay_with(trace, "models/deadlock.c", &answer);
	answer_expect_refusal(&answer, "lost_update");
	answer_fini(&answer);
	free(trace);
	scratch_remove(folder);
}

/* The source under the trace's name, changed. */
static char *changed_source(const char *folder, const char *from,
			    const char *to)
{
	char *text = scratch_read(SOURCE);
	char *at = strstr(text, from);
	char *changed;
	char *path;

	cr_assert_not_null(at, "%s has no '%s'", SOURCE, from);
	cr_assert(ge(int,
		     asprintf(&changed, "%.*s%s%s", (int)(at - text), text, to,
			      at + strlen(from)),
		     0));
	path = scratch_write(folder, "lost_update.c", changed);
	free(changed);
	free(text);
	return path;
}

Test(damaged_trace, a_program_without_the_watched_variable_is_refused)
{
	char *folder = scratch_folder("damaged");
	char *trace = a_trace(folder);
	char *path = scratch_write(folder, "lost_update.c",
				   "int main(void)\n{\n\treturn 0;\n}\n");
	struct answer answer;

	replay_with(trace, path, &answer);
	answer_expect_refusal(&answer, "x");
	answer_fini(&answer);
	free(path);
	free(trace);
	scratch_remove(folder);
}

Test(damaged_trace, a_changed_program_diverges)
{
	char *folder = scratch_folder("damaged");
	char *trace = a_trace(folder);
	char *path = changed_source(folder, "x = x + 1;", "x = 5;");
	struct answer answer;

	replay_with(trace, path, &answer);
	answer_expect(&answer, 4);
	cr_expect(
		eq(str, (char *)answer_string(&answer, "result"), "diverged"));
	cr_expect(eq(int, json_is_integer(json_object_get(answer.json, "step")),
		     1));
	cr_expect(eq(int,
		     json_is_string(json_object_get(answer.json, "expected")),
		     1));
	cr_expect(eq(int,
		     json_is_string(json_object_get(answer.json, "actual")),
		     1));
	answer_fini(&answer);
	free(path);
	free(trace);
	scratch_remove(folder);
}

/* Built elsewhere, from the same source. */
Test(damaged_trace, another_build_of_the_same_source_reproduces)
{
	char *folder = scratch_folder("damaged");
	char *trace = a_trace(folder);
	char *path = changed_source(folder, "x = x + 1;", "x = x + 1;");
	struct answer answer;

	replay_with(trace, path, &answer);
	answer_expect(&answer, 0);
	cr_expect(eq(str, (char *)answer_string(&answer, "result"),
		     "reproduced"));
	answer_fini(&answer);
	free(path);
	free(trace);
	scratch_remove(folder);
}

/* One character changed at a time, at places spread over the file. What may
 * happen: refused (2), diverged (4), or, where it was a comment or a hint,
 * reproduced (0). */
Test(damaged_trace, no_change_of_a_character_makes_it_crash)
{
	const unsigned changes = soak() ? 2000 : 40;
	char *folder = scratch_folder("damaged");
	char *trace = a_trace(folder);
	char *text = scratch_read(trace);
	const size_t length = strlen(text);

	for (unsigned i = 0; i < changes; i++) {
		const size_t at = length * i / changes;
		const char original = text[at];
		struct answer answer;

		text[at] = isdigit((unsigned char)original) ? '7' : '~';
		on_trace(i % 2 ? "show" : "replay", folder, text, &answer);
		if (answer.run.status != 0 && answer.run.status != 2 &&
		    answer.run.status != 4)
			cr_fail("character %zu changed\n%s\nstatus %d, signal "
				"%d\n%s%s",
				at, answer.run.command, answer.run.status,
				answer.run.signal, answer.run.out,
				answer.run.err);
		answer_fini(&answer);
		text[at] = original;
	}
	free(text);
	free(trace);
	scratch_remove(folder);
}

Test(damaged_trace, show_prints_json_and_text)
{
	char *folder = scratch_folder("damaged");
	char *trace = a_trace(folder);
	struct arguments arguments = {0};
	struct answer answer;

	explorer_arguments(&arguments, "show --format json");
	arguments_add(&arguments, trace);
	explorer_run(&arguments, NULL, &answer);
	answer_expect(&answer, 0);
	answer_fini(&answer);
	arguments_fini(&arguments);
	explorer_arguments(&arguments, "show");
	arguments_add(&arguments, trace);
	explorer_run(&arguments, NULL, &answer);
	if (answer.run.status != 0 ||
	    strstr(answer.run.out, "increment") == NULL)
		cr_fail("%s\nstatus %d\n%s%s", answer.run.command,
			answer.run.status, answer.run.out, answer.run.err);
	answer_fini(&answer);
	arguments_fini(&arguments);
	free(trace);
	scratch_remove(folder);
}
