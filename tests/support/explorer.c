/* See explorer.h. */
#include "support/explorer.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Compiled programs are kept below build/, not among the user's own. */
static void keep_cache_apart(void)
{
	char *folder = realpath("build", NULL);
	char *path;

	cr_assert_not_null(folder, "build: there is no such folder here");
	cr_assert(ge(int, asprintf(&path, "%s/test-cache", folder), 0));
	setenv("XDG_CACHE_HOME", path, 1);
	free(path);
	free(folder);
}

const char *explorer_path(void)
{
	static char *path;
	const char *named = getenv("EXPLORER");

	if (path != NULL)
		return path;
	if (named == NULL)
		named = "build/explorer";
	path = realpath(named, NULL);
	keep_cache_apart();
	cr_assert_not_null(path,
			   "%s: not built, or tests are not run from "
			   "the root of the repository",
			   named);
	return path;
}

bool soak(void)
{
	const char *value = getenv("SOAK");

	return value != NULL && strcmp(value, "1") == 0;
}

size_t soak_programs(size_t few)
{
	const char *value = getenv("SOAK_PROGRAMS");

	return value != NULL ? strtoul(value, NULL, 10) : few;
}

char *scratch_folder(const char *stem)
{
	char *path;

	mkdir("build", 0777);
	cr_assert(ge(int, asprintf(&path, "build/scratch-%s-XXXXXX", stem), 0));
	cr_assert_not_null(mkdtemp(path));
	return path;
}

static int remove_one(const char *path, const struct stat *status, int type,
		      struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

void scratch_remove(char *folder)
{
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(folder);
}

char *scratch_write(const char *folder, const char *name, const char *text)
{
	char *path;
	FILE *file;

	cr_assert(ge(int, asprintf(&path, "%s/%s", folder, name), 0));
	file = fopen(path, "we");
	cr_assert_not_null(file, "%s", path);
	fputs(text, file);
	cr_assert(zero(int, fclose(file)));
	return path;
}

char *scratch_read(const char *path)
{
	char *text = NULL;
	size_t capacity = 0;
	FILE *file = fopen(path, "re");

	cr_assert_not_null(file, "%s cannot be read", path);
	if (getdelim(&text, &capacity, '\0', file) < 0 && text != NULL)
		*text = '\0';
	fclose(file);
	return text;
}

void explorer_arguments(struct arguments *arguments, const char *words)
{
	arguments_add(arguments, explorer_path());
	arguments_add_words(arguments, words);
}

void explorer_run(const struct arguments *arguments,
		  const struct run_options *options, struct answer *ret_answer)
{
	run_to_end(arguments, options, &ret_answer->run);
	ret_answer->json =
		json_loadb(ret_answer->run.out, ret_answer->run.out_length,
			   JSON_ALLOW_NUL, NULL);
}

void explorer_words(const char *words, struct answer *ret_answer)
{
	struct arguments arguments = {0};

	explorer_arguments(&arguments, words);
	explorer_run(&arguments, NULL, ret_answer);
	arguments_fini(&arguments);
}

void answer_fini(struct answer *answer)
{
	json_decref(answer->json);
	answer->json = NULL;
	run_fini(&answer->run);
}

void answer_expect(const struct answer *answer, int status)
{
	const struct run *run = &answer->run;

	if (run->timed_out)
		cr_fatal("%s\nnever ended\nstderr: %s", run->command, run->err);
	if (run->status != status || answer->json == NULL)
		cr_fatal("%s\nexpected status %d and JSON\nactual status %d, "
			 "signal "
			 "%d\nstdout: %.4000s\nstderr: %.4000s",
			 run->command, status, run->status, run->signal,
			 run->out, run->err);
}

void answer_expect_refusal(const struct answer *answer, const char *words)
{
	const struct run *run = &answer->run;

	if (run->timed_out)
		cr_fatal("%s\nnever ended", run->command);
	if (run->status != 2 || run->out_length != 0 || run->err_length == 0)
		cr_fatal(
			"%s\nexpected status 2, words on standard error alone\n"
			"actual status %d, signal %d\nstdout: %.4000s\nstderr: "
			"%.4000s",
			run->command, run->status, run->signal, run->out,
			run->err);
	if (words != NULL && strstr(run->err, words) == NULL)
		cr_fatal("%s\nexpected on standard error: %s\nactual: %.4000s",
			 run->command, words, run->err);
}

json_int_t answer_integer(const struct answer *answer, const char *name)
{
	const json_t *member = json_object_get(answer->json, name);

	if (!json_is_integer(member))
		cr_fatal("%s\n\"%s\" is no integer\n%s", answer->run.command,
			 name, answer->run.out);
	return json_integer_value(member);
}

const char *answer_string(const struct answer *answer, const char *name)
{
	const json_t *member = json_object_get(answer->json, name);

	if (!json_is_string(member))
		cr_fatal("%s\n\"%s\" is no string\n%s", answer->run.command,
			 name, answer->run.out);
	return json_string_value(member);
}

static void value_print(FILE *stream, const json_t *value)
{
	char *text;

	if (json_is_string(value)) {
		fputs(json_string_value(value), stream);
		return;
	}
	text = json_dumps(value, JSON_ENCODE_ANY);
	fputs(text != NULL ? text : "?", stream);
	free(text);
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

static void values_print(FILE *stream, const json_t *values)
{
	struct lines names = {0};
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)values, name, value)
		lines_add(&names, strdup(name));
	qsort(names.at, names.count, sizeof(*names.at), by_text);
	for (size_t i = 0; i < names.count; i++) {
		fprintf(stream, " %s=", names.at[i]);
		value_print(stream, json_object_get(values, names.at[i]));
	}
	lines_fini(&names);
}

char *outcome_line(const json_t *outcome, enum outcome_parts parts)
{
	const json_t *status = json_object_get(outcome, "status");
	char *line = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&line, &length);
	char *output;

	value_print(stream, json_object_get(outcome, "end"));
	if (json_is_integer(status))
		fprintf(stream, " %lld", (long long)json_integer_value(status));
	values_print(stream, json_object_get(outcome, "values"));
	if (parts == OUTCOME_VALUES_AND_OUTPUT) {
		output = json_dumps(json_object_get(outcome, "output"),
				    JSON_ENCODE_ANY);
		fprintf(stream, " %s", output != NULL ? output : "?");
		free(output);
	}
	fclose(stream);
	return line;
}

char *outcome_lines(const json_t *answer, enum outcome_parts parts)
{
	struct lines lines = {0};
	const json_t *outcome;
	size_t i;

	json_array_foreach(json_object_get(answer, "outcomes"), i, outcome)
		lines_add(&lines, outcome_line(outcome, parts));
	return lines_join(&lines);
}

void lines_add(struct lines *lines, char *line)
{
	lines->at = realloc(lines->at, (lines->count + 1) * sizeof(*lines->at));
	cr_assert_not_null(lines->at);
	lines->at[lines->count++] = line;
}

bool lines_contain(const struct lines *lines, const char *line)
{
	for (size_t i = 0; i < lines->count; i++)
		if (strcmp(lines->at[i], line) == 0)
			return true;
	return false;
}

char *lines_join(struct lines *lines)
{
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);

	if (lines->count > 1)
		qsort(lines->at, lines->count, sizeof(*lines->at), by_text);
	for (size_t i = 0; i < lines->count; i++)
		if (i == 0 || strcmp(lines->at[i], lines->at[i - 1]) != 0)
			fprintf(stream, "%s\n", lines->at[i]);
	fclose(stream);
	lines_fini(lines);
	return text;
}

void lines_fini(struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->at[i]);
	free(lines->at);
	*lines = (struct lines){0};
}
