/* See vector_file.h. */
#include "vectors/vector_file.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

/* "x=1 y=2 deadlock" becomes "deadlock x=1 y=2", "... end" an exit. */
static bool outcome_read(const char *text, struct lines *outcomes)
{
	char values[2][32];
	char end[16];
	char *line;

	if (sscanf(text, "%31s %31s %15s", values[0], values[1], end) != 3)
		return false;
	if (asprintf(&line, "%s %s %s",
		     strcmp(end, "end") == 0 ? "exit 0" : end, values[0],
		     values[1]) < 0)
		return false;
	lines_add(outcomes, line);
	return true;
}

static bool thread_read(const char *text, struct small_program *program)
{
	const char *operations = strchr(text, ':');

	return operations != NULL && program->count < SMALL_THREADS_MAX &&
	       small_thread_parse(operations + 1,
				  &program->threads[program->count++]);
}

static bool line_read(const char *line, struct program_vector *vector,
		      struct lines *outcomes)
{
	if (strncmp(line, "thread ", 7) == 0)
		return thread_read(line, &vector->program);
	if (strncmp(line, "outcome ", 8) == 0)
		return outcome_read(line + 8, outcomes);
	return sscanf(line, "interleavings %" SCNu64, &vector->interleavings) ==
		       1 ||
	       sscanf(line, "traces %" SCNu64, &vector->traces) == 1;
}

static void vector_finish(struct program_vector *vectors, size_t count,
			  struct lines *outcomes)
{
	if (count > 0)
		vectors[count - 1].outcomes = lines_join(outcomes);
}

size_t program_vectors_read(const char *path,
			    struct program_vector **ret_vectors)
{
	struct program_vector *vectors = NULL;
	struct lines outcomes = {0};
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t capacity = 0;
	size_t count = 0;
	unsigned number;

	cr_assert_not_null(file, "%s cannot be read", path);
	while (getline(&line, &capacity, file) > 0) {
		if (*line == '#' || *line == '\n')
			continue;
		if (sscanf(line, "program %u", &number) == 1) {
			vector_finish(vectors, count, &outcomes);
			vectors = realloc(vectors,
					  (count + 1) * sizeof(*vectors));
			vectors[count++] =
				(struct program_vector){.number = number};
		} else if (count == 0 ||
			   !line_read(line, &vectors[count - 1], &outcomes)) {
			cr_fatal("%s: what is this: %s", path, line);
		}
	}
	vector_finish(vectors, count, &outcomes);
	free(line);
	fclose(file);
	*ret_vectors = vectors;
	return count;
}

void program_vectors_free(struct program_vector *vectors, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(vectors[i].outcomes);
	free(vectors);
}

static uint64_t field(char **rest)
{
	const char *text = strsep(rest, "\t\n");

	return text == NULL ? 0 : strtoull(text, NULL, 10);
}

size_t increments_vectors_read(const char *path,
			       struct increments_vector **ret_vectors)
{
	struct increments_vector *vectors = NULL;
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t capacity = 0;
	size_t count = 0;

	cr_assert_not_null(file, "%s cannot be read", path);
	while (getline(&line, &capacity, file) > 0) {
		struct increments_vector *vector;
		char *rest = line;

		if (*line < '0' || *line > '9')
			continue;
		vectors = realloc(vectors, (count + 1) * sizeof(*vectors));
		vector = &vectors[count++];
		vector->threads = (unsigned)field(&rest);
		vector->increments = (unsigned)field(&rest);
		vector->interleavings = field(&rest);
		vector->traces = field(&rest);
		field(&rest); /* reads_from */
		vector->states = field(&rest);
		field(&rest); /* symmetric */
		vector->transitions = field(&rest);
		vector->finals = field(&rest);
	}
	free(line);
	fclose(file);
	*ret_vectors = vectors;
	return count;
}
