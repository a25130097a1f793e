/*
 * The oracle itself, measured: against the vectors, which others computed, and
 * against the C that is made of a program, run on real threads.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/enumerate.h"
#include "oracle/generate.h"
#include "vectors/program_source.h"
#include "vectors/vector_file.h"

static void check_vector(const struct program_vector *vector)
{
	struct enumeration all = {.visible = ENUMERATE_ALL_VISIBLE,
				  .preemptions = ENUMERATE_UNBOUNDED};
	char *outcomes;

	enumerate(&vector->program, &all);
	if (all.interleavings != vector->interleavings)
		cr_fail("program %u: %lu interleavings, the file says %lu",
			vector->number, all.interleavings,
			vector->interleavings);
	if (vector->traces != 0 && all.traces != vector->traces)
		cr_fail("program %u: %lu traces, the file says %lu",
			vector->number, all.traces, vector->traces);
	cr_expect(not(all.traces_are_wrong));
	outcomes = lines_join(&all.outcomes);
	if (strcmp(outcomes, vector->outcomes) != 0)
		cr_fail("program %u: outcomes\n%sthe file says\n%s",
			vector->number, outcomes, vector->outcomes);
	free(outcomes);
	enumeration_fini(&all);
}

Test(enumerate, agrees_with_every_vector)
{
	struct program_vector *vectors;
	const size_t count = program_vectors_read(PROGRAMS_FILE, &vectors);

	cr_assert(eq(sz, count, 300));
	for (size_t i = 0; i < count; i++)
		check_vector(&vectors[i]);
	program_vectors_free(vectors, count);
}

/* Making fewer accesses visible takes schedules away, never outcomes. */
Test(enumerate, learned_visibility_keeps_every_outcome)
{
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct small_program program;
		struct enumeration all = {.visible = ENUMERATE_ALL_VISIBLE,
					  .preemptions = ENUMERATE_UNBOUNDED,
					  .limit = 5000};
		struct enumeration learned = {.preemptions =
						      ENUMERATE_UNBOUNDED};
		char *expected;
		char *actual;

		generate(seed, &program);
		enumerate(&program, &all);
		if (!all.limit_reached) {
			enumerate_learning(&program, &learned);
			expected = lines_join(&all.outcomes);
			actual = lines_join(&learned.outcomes);
			if (strcmp(expected, actual) != 0)
				cr_fail("seed %lu: learned\n%sall\n%s", seed,
					actual, expected);
			cr_expect(le(u64, learned.interleavings,
				     all.interleavings));
			free(expected);
			free(actual);
		}
		enumeration_fini(&all);
		enumeration_fini(&learned);
	}
}

Test(small_program, prints_what_it_parses)
{
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct small_program program;
		struct small_program again = {0};
		char *text = NULL;
		char *second = NULL;
		size_t length;
		FILE *stream = open_memstream(&text, &length);
		char *rest;
		char *line;

		generate(seed, &program);
		small_program_print(stream, &program);
		fclose(stream);
		rest = text;
		while ((line = strsep(&rest, "\n")) != NULL && *line != '\0')
			cr_assert(small_thread_parse(
				strchr(line, ':') + 1,
				&again.threads[again.count++]));
		stream = open_memstream(&second, &length);
		small_program_print(stream, &again);
		fclose(stream);
		free(text);
		text = NULL;
		stream = open_memstream(&text, &length);
		small_program_print(stream, &program);
		fclose(stream);
		cr_expect(eq(str, second, text));
		free(text);
		free(second);
	}
}

/* Runs the program natively; what it ends with must be among the outcomes.
 * Only programs without deadlock are run. */
static void run_natively(const char *executable,
			 const struct program_vector *vector)
{
	struct arguments arguments = {0};
	struct run run;
	char number[16];

	snprintf(number, sizeof(number), "%u", vector->number);
	arguments_add(&arguments, executable);
	arguments_add(&arguments, number);
	run_to_end(&arguments, NULL, &run);
	if (run.status != 0 || strstr(vector->outcomes, run.out) == NULL)
		cr_fail("program %u: status %d, ended with %s, expected one "
			"of\n%s",
			vector->number, run.status, run.out, vector->outcomes);
	run_fini(&run);
	arguments_fini(&arguments);
}

Test(program_source, becomes_c_that_ends_as_listed)
{
	struct program_vector *vectors;
	const size_t count = program_vectors_read(PROGRAMS_FILE, &vectors);
	unsigned *numbers = calloc(count, sizeof(*numbers));
	char *folder = scratch_folder("source");
	struct arguments compile = {0};
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);
	struct run run;
	char *source;
	char *executable;

	program_source_begin(stream);
	for (size_t i = 0; i < count; i++) {
		numbers[i] = vectors[i].number;
		program_source_add(stream, numbers[i], &vectors[i].program);
	}
	/* Natively nobody watches x and y: the program prints them. */
	fputs("\n__attribute__((destructor)) static void show(void)\n"
	      "{\n\tprintf(\"x=%d y=%d\\n\", x, y);\n}\n",
	      stream);
	program_source_end(stream, numbers, count);
	fclose(stream);
	source = scratch_write(folder, "programs.c", text);
	cr_assert(ge(int, asprintf(&executable, "%s/programs", folder), 0));
	arguments_add_words(&compile,
			    "gcc -Wall -Wextra -Werror -Iinclude -pthread -o");
	arguments_add(&compile, executable);
	arguments_add(&compile, source);
	run_to_end(&compile, NULL, &run);
	if (run.status != 0)
		cr_fatal("%s\n%s", run.command, run.err);
	run_fini(&run);
	for (size_t i = 0; i < count; i++)
		if (strstr(vectors[i].outcomes, "deadlock") == NULL)
			run_natively(executable, &vectors[i]);
	arguments_fini(&compile);
	free(source);
	free(executable);
	free(text);
	free(numbers);
	program_vectors_free(vectors, count);
	scratch_remove(folder);
}
