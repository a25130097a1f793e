/*
 * Property test: threads access the same bytes by reads, writes, copies and
 * library calls of all sizes and alignments, and every search finds the
 * outcomes that brute force finds.
 *
 * A program is a few operations for each thread on 32 bytes. Each is one step;
 * main prints the bytes and all that was read, so that nothing goes unseen.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "support/built.h"
#include "support/explorer.h"

#define PROGRAMS_CHECK 40
#define PROGRAMS_SOAK  1000
#define BYTES	       32U
#define THREADS_MAX    3U
#define OPERATIONS_MAX 3U
#define READ_BYTES_MAX 16U

enum access_kind {
	ACCESS_READ,
	ACCESS_WRITE,
	ACCESS_COPY_STRUCT,
	ACCESS_MEMCPY,
	ACCESS_MEMMOVE,
	ACCESS_MEMSET,
	ACCESS_KINDS
};

struct access {
	enum access_kind kind;
	uint32_t bytes;
	uint32_t at;
	uint32_t from;	 /* copies */
	uint8_t pattern; /* writes: of each byte */
};

struct overlap_program {
	bool heap; /* where the bytes lie */
	uint32_t threads;
	uint32_t operations; /* of each */
	struct access at[THREADS_MAX][OPERATIONS_MAX];
};

/* --- Drawing programs */

static struct access draw_access(struct random *random)
{
	static const uint32_t sizes[] = {1, 2, 4, 8, 16};
	struct access access = {
		.kind = random_below(random, ACCESS_KINDS),
		.pattern = (uint8_t)random_next(random),
	};

	access.bytes = access.kind == ACCESS_READ || access.kind == ACCESS_WRITE
			       ? sizes[random_below(random, 5)]
			       : 1 + random_below(random, 16);
	/* The two halves of a copy do not overlap, memmove's may. */
	access.at = random_below(random, BYTES / 2 - access.bytes / 2 + 1);
	if (access.at + access.bytes > BYTES / 2 &&
	    access.kind != ACCESS_READ && access.kind != ACCESS_WRITE)
		access.at = BYTES / 2 - access.bytes;
	access.from =
		access.kind == ACCESS_MEMMOVE
			? random_below(random, BYTES - access.bytes + 1)
			: BYTES / 2 +
				  random_below(random,
					       BYTES / 2 - access.bytes + 1);
	if (random_below(random, 2) && (access.kind == ACCESS_COPY_STRUCT ||
					access.kind == ACCESS_MEMCPY)) {
		uint32_t other = access.at;

		access.at = access.from;
		access.from = other;
	}
	return access;
}

/* Halves and wholes of 16 bytes, so that often only one half is shared. */
static struct access draw_half(struct random *random)
{
	uint32_t bytes = 8 + 8 * random_below(random, 2);

	return (struct access){
		.kind = random_below(random, ACCESS_WRITE + 1),
		.bytes = bytes,
		.at = bytes == 16 ? 0 : 8 * random_below(random, 2),
		.pattern = (uint8_t)random_next(random),
	};
}

static void draw(uint64_t seed, struct overlap_program *program)
{
	struct random random;
	bool halves;

	random_seed(&random, seed);
	halves = random_below(&random, 3) == 0;
	program->heap = random_below(&random, 2);
	program->threads = 2 + random_below(&random, 2);
	program->operations = program->threads == 2 ? 3 : 2;
	for (uint32_t i = 0; i < program->threads; i++) {
		struct access *at = program->at[i];

		/* The same access again is a case of its own. */
		for (uint32_t j = 0; j < program->operations; j++)
			at[j] = j > 0 && random_below(&random, 3) == 0
					? at[j - 1]
				: halves ? draw_half(&random)
					 : draw_access(&random);
	}
}

/* --- As C */

static void print_access(FILE *file, const struct access *access, uint32_t i,
			 uint32_t j)
{
	switch (access->kind) {
	case ACCESS_READ:
		fprintf(file, "\t*(u%u *)seen[%u][%u] = *(u%u *)(b + %u);\n",
			access->bytes, i, j, access->bytes, access->at);
		break;
	case ACCESS_WRITE:
		fprintf(file, "\t*(u%u *)(b + %u) = (u%u)-1 / 255 * %u;\n",
			access->bytes, access->at, access->bytes,
			access->pattern);
		break;
	case ACCESS_COPY_STRUCT:
		fprintf(file,
			"\t*(struct s%u *)(b + %u) = *(struct s%u *)(b + "
			"%u);\n",
			access->bytes, access->at, access->bytes, access->from);
		break;
	case ACCESS_MEMCPY:
		fprintf(file, "\tmemcpy(b + %u, b + %u, size(%u));\n",
			access->at, access->from, access->bytes);
		break;
	case ACCESS_MEMMOVE:
		fprintf(file, "\tmemmove(b + %u, b + %u, size(%u));\n",
			access->at, access->from, access->bytes);
		break;
	case ACCESS_MEMSET:
		fprintf(file, "\tmemset(b + %u, %u, size(%u));\n", access->at,
			access->pattern, access->bytes);
		break;
	case ACCESS_KINDS:
		break;
	}
}

static void print_program(FILE *file, const struct overlap_program *program,
			  size_t number)
{
	for (uint32_t i = 0; i < program->threads; i++) {
		fprintf(file, "static void *p%zu_%u(void *unused)\n{\n", number,
			i);
		for (uint32_t j = 0; j < program->operations; j++)
			print_access(file, &program->at[i][j], i, j);
		fprintf(file, "\treturn unused;\n}\n");
	}
	fprintf(file, "static void p%zu(void)\n{\n\tpthread_t t[%u];\n", number,
		program->threads);
	fprintf(file, "\tb = %s;\n",
		program->heap ? "calloc(1, 32)" : "(char *)fixed");
	fprintf(file, "\tfor (int i = 0; i < 32; i++)\n\t\tb[i] = (char)i;\n");
	for (uint32_t i = 0; i < program->threads; i++)
		fprintf(file,
			"\tpthread_create(&t[%u], NULL, p%zu_%u, NULL);\n", i,
			number, i);
	fprintf(file,
		"\tfor (int i = 0; i < %u; i++)\n"
		"\t\tpthread_join(t[i], NULL);\n}\n",
		program->threads);
}

static void print_all(FILE *file, const struct overlap_program *programs,
		      size_t count)
{
	fprintf(file, "#include <pthread.h>\n#include <stdio.h>\n"
		      "#include <stdlib.h>\n#include <string.h>\n"
		      "static __int128 fixed[2];\nstatic char *b;\n"
		      "static char seen[3][3][16];\n"
		      /* Not known to the compiler, which would copy itself. */
		      "static volatile size_t zero;\n"
		      "#define size(n) ((n) + zero)\n"
		      "#define U(n, t) typedef t u##n __attribute__(("
		      "aligned(1), may_alias));\n"
		      "U(1, unsigned char) U(2, unsigned short) U(4, unsigned) "
		      "U(8, unsigned long) U(16, unsigned __int128)\n");
	for (unsigned bytes = 1; bytes <= 16; bytes++)
		fprintf(file,
			"struct s%u { char c[%u]; } "
			"__attribute__((may_alias));\n",
			bytes, bytes);
	for (size_t i = 0; i < count; i++)
		print_program(file, &programs[i], i);
	fprintf(file, "static void (*const all[])(void) = {");
	for (size_t i = 0; i < count; i++)
		fprintf(file, "p%zu, ", i);
	fprintf(file, "};\nint main(int argc, char **argv)\n{\n"
		      "\tall[argc > 1 ? atoi(argv[1]) : 0]();\n"
		      "\tfor (int i = 0; i < 32; i++)\n"
		      "\t\tprintf(\"%%02x\", (unsigned char)b[i]);\n"
		      "\tfor (int i = 0; i < 144; i++)\n"
		      "\t\tprintf(\"%%02x\", "
		      "(unsigned char)((char *)seen)[i]);\n"
		      "\treturn 0;\n}\n");
}

/* --- Brute force */

struct overlap_state {
	uint8_t bytes[BYTES];
	uint8_t seen[THREADS_MAX][OPERATIONS_MAX][READ_BYTES_MAX];
	uint32_t done[THREADS_MAX];
};

static void perform(struct overlap_state *state, const struct access *access,
		    uint8_t *seen)
{
	switch (access->kind) {
	case ACCESS_READ:
		memcpy(seen, state->bytes + access->at, access->bytes);
		break;
	case ACCESS_WRITE:
	case ACCESS_MEMSET:
		memset(state->bytes + access->at, access->pattern,
		       access->bytes);
		break;
	case ACCESS_COPY_STRUCT:
	case ACCESS_MEMCPY:
	case ACCESS_MEMMOVE:
		memmove(state->bytes + access->at, state->bytes + access->from,
			access->bytes);
		break;
	case ACCESS_KINDS:
		break;
	}
}

static void add_outcome(struct lines *outcomes,
			const struct overlap_state *state)
{
	char *line = NULL;
	size_t length;
	FILE *stream = open_memstream(&line, &length);

	fprintf(stream, "exit 0 \"");
	for (uint32_t i = 0; i < BYTES; i++)
		fprintf(stream, "%02x", state->bytes[i]);
	for (size_t i = 0; i < sizeof(state->seen); i++)
		fprintf(stream, "%02x", ((const uint8_t *)state->seen)[i]);
	fprintf(stream, "\"");
	fclose(stream);
	if (lines_contain(outcomes, line))
		free(line);
	else
		lines_add(outcomes, line);
}

static void enumerate_from(const struct overlap_program *program,
			   const struct overlap_state *state,
			   struct lines *outcomes)
{
	bool ended = true;

	for (uint32_t i = 0; i < program->threads; i++) {
		struct overlap_state next = *state;
		uint32_t done = state->done[i];

		if (done == program->operations)
			continue;
		ended = false;
		perform(&next, &program->at[i][done], next.seen[i][done]);
		next.done[i]++;
		enumerate_from(program, &next, outcomes);
	}
	if (ended)
		add_outcome(outcomes, state);
}

static char *expected_outcomes(const struct overlap_program *program)
{
	struct overlap_state state = {0};
	struct lines outcomes = {0};

	for (uint32_t i = 0; i < BYTES; i++)
		state.bytes[i] = (uint8_t)i;
	enumerate_from(program, &state, &outcomes);
	return lines_join(&outcomes);
}

/* --- The test */

static void expect_outcomes(const char *executable, const char *strategy,
			    size_t number, const char *expected)
{
	struct arguments arguments = {0};
	struct answer answer;
	char word[24];
	char *actual;

	explorer_arguments(&arguments,
			   "check --format json --max-traces 0 --strategy");
	arguments_add(&arguments, strategy);
	arguments_add(&arguments, executable);
	arguments_add(&arguments, "--");
	snprintf(word, sizeof(word), "%zu", number);
	arguments_add(&arguments, word);
	explorer_run(&arguments, NULL, &answer);
	cr_assert(ne(ptr, answer.json, NULL), "%s", answer.run.err);
	actual = outcome_lines(answer.json, OUTCOME_VALUES_AND_OUTPUT);
	cr_assert(eq(str, actual, (char *)expected), "%s of program %zu",
		  strategy, number);
	free(actual);
	answer_fini(&answer);
	arguments_fini(&arguments);
}

Test(overlaps, every_search_finds_what_brute_force_finds)
{
	const size_t count = soak() ? PROGRAMS_SOAK : PROGRAMS_CHECK;
	struct overlap_program *programs = calloc(count, sizeof(*programs));
	char *folder = scratch_folder("overlaps");
	char *text = NULL;
	size_t length;
	FILE *file = open_memstream(&text, &length);
	char *source;
	char *executable;

	for (size_t i = 0; i < count; i++)
		draw(i + 1, &programs[i]);
	print_all(file, programs, count);
	fclose(file);
	source = scratch_write(folder, "overlaps.c", text);
	executable = built_by_explorer(source, folder, "overlaps");
	for (size_t i = 0; i < count; i++) {
		char *expected = expected_outcomes(&programs[i]);

		expect_outcomes(executable, "dfs", i, expected);
		expect_outcomes(executable, "dpor", i, expected);
		free(expected);
	}
	free(executable);
	free(source);
	free(text);
	free(programs);
	scratch_remove(folder);
}
