/*
 * Random programs that may go on for ever, against brute force: which outcomes
 * they have, and whether somewhere no end can be reached any more.
 *
 * One thread that clears three atomic variables, and two with a few statements
 * on them each:
 *
 *     v = c               stores
 *     while (v != c);     spins
 *     while (v != c)      does not even spin in peace
 *             w = !w;
 *     while (!compare_exchange(v, c, !c))
 *             ;           retries
 *     v = c; v = !c;      in a loop that is bounded
 *     if (v == c)         leaves early
 *             return;
 *
 * A state is where each thread stands and what the variables are: it is small
 * enough for all of them to be listed.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

#define PROGRAMS_CHECK 20
#define PROGRAMS_SOAK  1000
#define THREADS_MAX    3
#define STATEMENTS_MAX 4
#define VARIABLES      3
#define STATES_MAX     4096
/* A bound that leaves nothing out. */
#define BOUND_FOR_ALL "--preemptions 1000"

enum kind { STORE, SPIN, RETRY, REPEAT, TOGGLE_UNTIL, LEAVE_IF, KINDS };

struct statement {
	enum kind kind;
	unsigned variable;
	unsigned other; /* TOGGLE_UNTIL */
	unsigned value;
};

struct program {
	unsigned threads;
	struct statement at[THREADS_MAX][STATEMENTS_MAX];
	unsigned length[THREADS_MAX];
};

static uint64_t drawn;

static unsigned draw(unsigned below)
{
	drawn = drawn * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(drawn >> 33) % below;
}

/* The first thread clears all variables. What nobody else writes would be
 * private, and whoever spins on it looks like one that computes. */
static void draw_program(struct program *program)
{
	program->threads = THREADS_MAX;
	program->length[0] = VARIABLES;
	for (unsigned i = 0; i < VARIABLES; i++)
		program->at[0][i] =
			(struct statement){.kind = STORE, .variable = i};
	for (unsigned t = 1; t < program->threads; t++) {
		program->length[t] = 1 + draw(STATEMENTS_MAX);
		for (unsigned i = 0; i < program->length[t]; i++)
			program->at[t][i] = (struct statement){
				.kind = draw(3) == 0 ? draw(KINDS) : draw(2),
				.variable = draw(VARIABLES),
				.other = draw(VARIABLES),
				.value = draw(2)};
	}
}

/* --- Brute force */

/* A place of a thread: a statement, and whether it is the inner operations of a
 * loop that comes next: 1 to read the variable that is toggled, 2 and 3 to
 * store 0 or 1; or 1 for the second round of one that is bounded. */
struct state {
	unsigned char pc[THREADS_MAX];
	unsigned char inner[THREADS_MAX];
	unsigned char values[VARIABLES];
};

struct graph {
	const struct program *program;
	struct state states[STATES_MAX];
	unsigned next[STATES_MAX][THREADS_MAX];
	unsigned count;
	bool too_large;
};

static unsigned number_of(struct graph *graph, const struct state *state)
{
	for (unsigned i = 0; i < graph->count; i++)
		if (memcmp(&graph->states[i], state, sizeof(*state)) == 0)
			return i;
	if (graph->count == STATES_MAX) {
		graph->too_large = true;
		return 0;
	}
	graph->states[graph->count] = *state;
	return graph->count++;
}

static bool has_ended(const struct program *program, const struct state *state,
		      unsigned thread)
{
	return state->pc[thread] >= program->length[thread];
}

static bool is_end(const struct program *program, const struct state *state)
{
	for (unsigned t = 0; t < program->threads; t++)
		if (!has_ended(program, state, t))
			return false;
	return true;
}

static struct state stepped(const struct program *program, struct state state,
			    unsigned t)
{
	const struct statement *now = &program->at[t][state.pc[t]];
	bool holds = state.values[now->variable] == now->value;

	switch (now->kind) {
	case STORE:
		state.values[now->variable] = (unsigned char)now->value;
		state.pc[t]++;
		break;
	case SPIN:
		state.pc[t] += holds;
		break;
	case RETRY:
		if (holds)
			state.values[now->variable] = !now->value;
		state.pc[t] += holds;
		break;
	case REPEAT:
		state.values[now->variable] = now->value ^ state.inner[t];
		state.pc[t] += state.inner[t];
		state.inner[t] = !state.inner[t];
		break;
	case TOGGLE_UNTIL:
		if (state.inner[t] == 0) {
			state.pc[t] += holds;
			state.inner[t] = !holds;
		} else if (state.inner[t] == 1) {
			state.inner[t] = 2 + !state.values[now->other];
		} else {
			state.values[now->other] = state.inner[t] - 2;
			state.inner[t] = 0;
		}
		break;
	case LEAVE_IF:
		state.pc[t] = holds ? (unsigned char)program->length[t]
				    : state.pc[t] + 1;
		break;
	case KINDS:
		break;
	}
	return state;
}

static void explore(struct graph *graph)
{
	struct state first = {0};

	number_of(graph, &first);
	for (unsigned i = 0; i < graph->count && !graph->too_large; i++)
		for (unsigned t = 0; t < graph->program->threads; t++) {
			struct state next = graph->states[i];

			if (!has_ended(graph->program, &next, t))
				next = stepped(graph->program, next, t);
			graph->next[i][t] = number_of(graph, &next);
		}
}

/* Marks the states from which an end can be reached, until nothing changes. */
static void mark_hopeful(const struct graph *graph, bool *hopeful)
{
	bool changed = true;

	for (unsigned i = 0; i < graph->count; i++)
		hopeful[i] = is_end(graph->program, &graph->states[i]);
	while (changed) {
		changed = false;
		for (unsigned i = 0; i < graph->count; i++)
			for (unsigned t = 0; t < graph->program->threads; t++)
				if (!hopeful[i] && hopeful[graph->next[i][t]])
					changed = hopeful[i] = true;
	}
}

/* Exits by values, sorted; and a line if something is a livelock. */
static char *expected_of(const struct graph *graph)
{
	bool *hopeful = calloc(STATES_MAX, sizeof(*hopeful));
	struct lines lines = {0};
	bool doomed = false;

	mark_hopeful(graph, hopeful);
	for (unsigned i = 0; i < graph->count; i++) {
		const struct state *state = &graph->states[i];
		char *line;

		doomed |= !hopeful[i];
		if (!is_end(graph->program, state))
			continue;
		cr_assert(ge(int,
			     asprintf(&line, "exit 0 a=%u b=%u c=%u",
				      state->values[0], state->values[1],
				      state->values[2]),
			     0));
		lines_add(&lines, line);
	}
	if (doomed)
		lines_add(&lines, strdup("livelock"));
	free(hopeful);
	return lines_join(&lines);
}

/* --- As C */

static void print_statement(FILE *file, const struct statement *statement)
{
	const char *names = "abc";
	char v = names[statement->variable];
	char w = names[statement->other];

	switch (statement->kind) {
	case STORE:
		fprintf(file, "\t%c = %u;\n", v, statement->value);
		break;
	case SPIN:
		fprintf(file, "\twhile (%c != %u)\n\t\t;\n", v,
			statement->value);
		break;
	case RETRY:
		fprintf(file,
			"\tfor (int was = %u; !atomic_compare_exchange_strong("
			"&%c, &was, %u); was = %u)\n\t\t;\n",
			statement->value, v, !statement->value,
			statement->value);
		break;
	case REPEAT:
		fprintf(file,
			"\tfor (int i = 0; i < 2; i++)\n\t\t%c = %u ^ i;\n", v,
			statement->value);
		break;
	case TOGGLE_UNTIL:
		fprintf(file, "\twhile (%c != %u)\n\t\ttoggle(&%c);\n", v,
			statement->value, w);
		break;
	case LEAVE_IF:
		fprintf(file, "\tif (%c == %u)\n\t\treturn 0;\n", v,
			statement->value);
		break;
	case KINDS:
		break;
	}
}

static void print_program(FILE *file, unsigned number,
			  const struct program *program)
{
	for (unsigned t = 0; t < program->threads; t++) {
		fprintf(file, "static void *p%u_%u(void *u)\n{\n", number, t);
		for (unsigned i = 0; i < program->length[t]; i++)
			print_statement(file, &program->at[t][i]);
		fprintf(file, "\treturn u;\n}\n");
	}
}

static char *build(const struct program *programs, unsigned count,
		   const char *folder)
{
	struct arguments arguments = {0};
	struct run run;
	size_t length = 0;
	char *text = NULL;
	FILE *file = open_memstream(&text, &length);
	char *source;
	char *executable;

	fprintf(file, "#include <pthread.h>\n#include <stdatomic.h>\n"
		      "#include <stdlib.h>\n_Atomic int a, b, c;\n"
		      "static void toggle(_Atomic int *v)\n{\n"
		      "\tint was = *v;\n\t*v = !was;\n}\n");
	for (unsigned i = 0; i < count; i++)
		print_program(file, i, &programs[i]);
	fprintf(file, "static void *(*const all[][%d])(void *) = {\n",
		THREADS_MAX);
	for (unsigned i = 0; i < count; i++) {
		fprintf(file, "\t{");
		for (unsigned t = 0; t < programs[i].threads; t++)
			fprintf(file, "p%u_%u, ", i, t);
		fprintf(file, "},\n");
	}
	fprintf(file,
		"};\nint main(int argc, char **argv)\n{\n"
		"\tpthread_t threads[%d];\n"
		"\tint n = atoi(argv[argc - 1]);\n"
		"\tfor (int i = 0; i < %d && all[n][i]; i++)\n"
		"\t\tpthread_create(&threads[i], 0, all[n][i], 0);\n"
		"\tfor (int i = 0; i < %d && all[n][i]; i++)\n"
		"\t\tpthread_join(threads[i], 0);\n"
		"\treturn 0;\n}\n",
		THREADS_MAX, THREADS_MAX, THREADS_MAX);
	fclose(file);
	source = scratch_write(folder, "cyclic.c", text);
	cr_assert(ge(int, asprintf(&executable, "%s/cyclic", folder), 0));
	explorer_arguments(&arguments, "cc -pthread -g -o");
	arguments_add(&arguments, executable);
	arguments_add(&arguments, source);
	run_to_end(&arguments, NULL, &run);
	if (run.status != 0)
		cr_fatal("%s\n%s", run.command, run.err);
	run_fini(&run);
	arguments_fini(&arguments);
	free(source);
	free(text);
	return executable;
}

/* Of livelocks only that there is one: where exactly it is entered is not said
 * by the states above alone. */
static char *actual_of(const json_t *answer)
{
	const json_t *outcome;
	struct lines lines = {0};
	size_t i;

	json_array_foreach(json_object_get(answer, "outcomes"), i, outcome)
	{
		const char *end =
			json_string_value(json_object_get(outcome, "end"));

		lines_add(&lines,
			  strcmp(end, "livelock") == 0
				  ? strdup(end)
				  : outcome_line(outcome, OUTCOME_VALUES));
	}
	return lines_join(&lines);
}

static void check_program(const char *executable, unsigned number,
			  const char *options, const char *expected)
{
	struct answer answer;
	char *words;
	char *actual;

	cr_assert(ge(int,
		     asprintf(&words,
			      "check %s --strategy states %s --watch a "
			      "--watch b "
			      "--watch c --max-traces 0 --format json "
			      "--max-steps 3000 -- %u",
			      executable, options, number),
		     0));
	explorer_words(words, &answer);
	actual = actual_of(answer.json);
	if (strcmp(expected, actual) != 0 ||
	    !json_is_true(json_object_get(answer.json, "complete")))
		cr_fail("%s\nexpected\n%sactual\n%s%s", words, expected, actual,
			answer.run.out);
	free(actual);
	free(words);
	answer_fini(&answer);
}

Test(oracle, cyclic_programs_end_as_brute_force_says)
{
	const unsigned count = soak() ? PROGRAMS_SOAK : PROGRAMS_CHECK;
	struct program *programs = calloc(count, sizeof(*programs));
	struct graph *graph = calloc(1, sizeof(*graph));
	char *folder = scratch_folder("cyclic");
	unsigned livelocks = 0;
	char *executable;

	drawn = 1;
	for (unsigned i = 0; i < count; i++)
		draw_program(&programs[i]);
	executable = build(programs, count, folder);
	for (unsigned i = 0; i < count; i++) {
		char *expected;

		memset(graph, 0, sizeof(*graph));
		graph->program = &programs[i];
		explore(graph);
		cr_assert(not(graph->too_large));
		expected = expected_of(graph);
		livelocks += strstr(expected, "livelock") != NULL;
		check_program(executable, i, "--paranoid", expected);
		check_program(executable, i, BOUND_FOR_ALL, expected);
		free(expected);
	}
	/* Both kinds are there. */
	cr_expect(gt(uint, livelocks, count / 10));
	cr_expect(lt(uint, livelocks, count * 9 / 10));
	free(executable);
	free(graph);
	free(programs);
	scratch_remove(folder);
}
