/* See batch.h. */
#include "support/batch.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "vectors/program_source.h"

static char *source_text(const struct small_program *programs, size_t count)
{
	unsigned *numbers = calloc(count, sizeof(*numbers));
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);

	program_source_begin(stream);
	for (size_t i = 0; i < count; i++) {
		numbers[i] = (unsigned)i;
		program_source_add(stream, numbers[i], &programs[i]);
	}
	program_source_end(stream, numbers, count);
	fclose(stream);
	free(numbers);
	return text;
}

void batch_build(const struct small_program *programs, size_t count,
		 struct batch *ret_batch)
{
	char *text = source_text(programs, count);
	struct arguments arguments = {0};
	char *source;
	struct run run;

	ret_batch->folder = scratch_folder("batch");
	source = scratch_write(ret_batch->folder, "batch.c", text);
	cr_assert(ge(
		int,
		asprintf(&ret_batch->executable, "%s/batch", ret_batch->folder),
		0));
	explorer_arguments(&arguments, "cc -g -pthread -o");
	arguments_add(&arguments, ret_batch->executable);
	arguments_add(&arguments, source);
	run_to_end(&arguments, NULL, &run);
	if (run.status != 0)
		cr_fatal("%s\nstatus %d\n%s%s", run.command, run.status,
			 run.out, run.err);
	run_fini(&run);
	arguments_fini(&arguments);
	free(source);
	free(text);
}

void batch_fini(struct batch *batch)
{
	free(batch->executable);
	scratch_remove(batch->folder);
}

void batch_run(const struct batch *batch, const char *command,
	       const char *options, unsigned number, struct answer *ret_answer)
{
	struct arguments arguments = {0};
	char word[16];

	explorer_arguments(&arguments, command);
	arguments_add(&arguments, batch->executable);
	arguments_add_words(&arguments, "--watch x --watch y --format json");
	arguments_add_words(&arguments, options);
	arguments_add(&arguments, "--output");
	arguments_add(&arguments, batch->folder);
	arguments_add(&arguments, "--");
	snprintf(word, sizeof(word), "%u", number);
	arguments_add(&arguments, word);
	explorer_run(&arguments, NULL, ret_answer);
	arguments_fini(&arguments);
	if (ret_answer->json == NULL)
		cr_fatal("%s\nno JSON, status %d, signal %d\nstdout: "
			 "%.4000s\nstderr: %.4000s",
			 ret_answer->run.command, ret_answer->run.status,
			 ret_answer->run.signal, ret_answer->run.out,
			 ret_answer->run.err);
}
