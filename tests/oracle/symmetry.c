/*
 * --symmetry against brute force and against the same search without, on
 * programs some of whose threads do the same: the same outcomes and findings,
 * of fewer states.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/enumerate.h"
#include "oracle/finding_lines.h"
#include "oracle/generate.h"
#include "support/batch.h"
#include "vectors/program_source.h"
#include "vectors/vector_file.h"

#define PROGRAMS_CHECK	  240
#define PROGRAMS_SOAK	  2400
#define PROGRAMS_BATCH	  240
#define INTERLEAVINGS_MAX 4000
#define ALL_VISIBLE	  ((1U << SMALL_VARIABLES) - 1)

struct drawn {
	uint64_t seeds[PROGRAMS_BATCH];
	struct small_program programs[PROGRAMS_BATCH];
	size_t count;
	struct batch batch;
	uint64_t states; /* in all, and with --symmetry */
	uint64_t states_alike;
};

static bool is_wanted(const struct small_program *program)
{
	struct enumeration all = {.visible = ALL_VISIBLE,
				  .preemptions = ENUMERATE_UNBOUNDED,
				  .timeouts = 1,
				  .limit = INTERLEAVINGS_MAX};
	bool wanted;

	enumerate(program, &all);
	wanted = !all.limit_reached && all.outcomes.count > 1;
	enumeration_fini(&all);
	return wanted;
}

/* Whether it names others, who would be named twice. */
static bool names_threads(const struct small_thread *thread)
{
	for (unsigned i = 0; i < thread->length; i++)
		switch ((int)thread->at[i].kind) {
		case SMALL_CREATE:
		case SMALL_JOIN:
		case SMALL_DETACH:
		case SMALL_CANCEL:
			return true;
		default:
			break;
		}
	return false;
}

/* Threads that do the same: all of them, or all but the last. False if that
 * cannot be. */
static bool make_alike(uint64_t seed, struct small_program *program)
{
	unsigned alike = program->count - (seed % 3 == 0);

	if (alike < 2)
		alike = 2;
	for (unsigned t = 0; t < program->count; t++)
		if (names_threads(&program->threads[t]))
			return false;
	for (unsigned t = 1; t < alike; t++)
		program->threads[t] = program->threads[0];
	program->alike = true;
	return true;
}

static void generate_one(uint64_t seed, struct small_program *program)
{
	switch (seed % 5) {
	case 0:
		generate_waits(seed, program);
		break;
	case 1:
		generate_commuting(seed, program);
		break;
	case 2:
		generate_any(seed, program);
		break;
	case 3:
		generate_readers(seed, program);
		break;
	default:
		generate(seed, program);
		break;
	}
}

static void draw(uint64_t *seed, struct drawn *drawn)
{
	for (drawn->count = 0; drawn->count < PROGRAMS_BATCH; ++*seed) {
		struct small_program *program = &drawn->programs[drawn->count];

		generate_one(*seed, program);
		if (make_alike(*seed, program) && is_wanted(program))
			drawn->seeds[drawn->count++] = *seed;
	}
	batch_build(drawn->programs, drawn->count, &drawn->batch);
}

static void search(const struct drawn *drawn, size_t i, const char *more,
		   struct answer *answer)
{
	const uint32_t variables = small_program_variables(&drawn->programs[i]);
	char options[300];

	snprintf(options, sizeof(options),
		 "--max-traces 0 --strategy states %s", more);
	for (unsigned v = SMALL_NEIGHBOURS; v < SMALL_VARIABLES; v++)
		if (variables >> v & 1U)
			snprintf(options + strlen(options),
				 sizeof(options) - strlen(options),
				 " --watch %s", program_source_variable(v));
	batch_run(&drawn->batch, "check", options, (unsigned)i, answer);
}

static char *outcomes_of(const struct drawn *drawn, size_t i,
			 const struct answer *answer)
{
	const bool prints = (small_program_kinds(&drawn->programs[i]) &
			     SMALL_KINDS_PRINTING) != 0;

	return outcome_lines(answer->json, prints ? OUTCOME_VALUES_AND_OUTPUT
						  : OUTCOME_VALUES);
}

static void compare(const struct drawn *drawn, size_t i, char *expected,
		    char *actual)
{
	if (strcmp(expected, actual) != 0) {
		small_program_print(stderr, &drawn->programs[i]);
		cr_fail("seed %lu\nexpected\n%sactual\n%s", drawn->seeds[i],
			expected, actual);
	}
	free(expected);
	free(actual);
}

static uint64_t states_of(const struct answer *answer)
{
	return (uint64_t)json_integer_value(
		json_object_get(answer->json, "states"));
}

static void check_program(struct drawn *drawn, size_t i)
{
	struct enumeration all = {.preemptions = ENUMERATE_UNBOUNDED,
				  .timeouts = 1};
	struct lines outcomes = {0};
	struct answer plain;
	struct answer alike;

	enumerate_learning(&drawn->programs[i], &all);
	for (size_t n = 0; n < all.outcomes.count; n++)
		lines_add(&outcomes, strdup(all.outcomes.at[n]));
	search(drawn, i, "", &plain);
	search(drawn, i, "--symmetry", &alike);
	compare(drawn, i, lines_join(&outcomes), outcomes_of(drawn, i, &alike));
	compare(drawn, i, finding_lines(plain.json), finding_lines(alike.json));
	drawn->states += states_of(&plain);
	drawn->states_alike += states_of(&alike);
	answer_fini(&plain);
	answer_fini(&alike);
	enumeration_fini(&all);
}

static void check_drawn(struct drawn *drawn)
{
	for (size_t i = 0; i < drawn->count; i++)
		check_program(drawn, i);
	batch_fini(&drawn->batch);
}

Test(oracle, states_with_symmetry_agree_with_brute_force)
{
	const size_t wanted = soak() ? PROGRAMS_SOAK : PROGRAMS_CHECK;
	struct drawn *drawn = calloc(1, sizeof(*drawn));
	uint64_t seed = 400000;

	for (size_t count = 0; count < wanted; count += PROGRAMS_BATCH) {
		draw(&seed, drawn);
		check_drawn(drawn);
	}
	cr_log_info("%lu states, %lu with symmetry", drawn->states,
		    drawn->states_alike);
	cr_assert(lt(u64, 4 * drawn->states_alike, 3 * drawn->states));
	free(drawn);
}

/* --- Vectors */

static bool has_likes(const struct small_program *program)
{
	for (unsigned a = 0; a < program->count; a++)
		for (unsigned b = 0; b < a; b++)
			if (memcmp(&program->threads[a], &program->threads[b],
				   sizeof(program->threads[a])) == 0)
				return true;
	return false;
}

/* As they are where two of their threads do the same; else with the second one
 * doing what the first one does. */
Test(oracle, states_with_symmetry_agree_on_the_vectors)
{
	struct drawn *drawn = calloc(1, sizeof(*drawn));
	struct program_vector *vectors;
	const size_t count = program_vectors_read(PROGRAMS_FILE, &vectors);

	for (size_t i = 0; i < count && drawn->count < PROGRAMS_BATCH; i++) {
		struct small_program *program = &drawn->programs[drawn->count];

		*program = vectors[i].program;
		if (!has_likes(program))
			program->threads[1] = program->threads[0];
		program->alike = true;
		drawn->seeds[drawn->count] = vectors[i].number;
		drawn->count += is_wanted(program);
	}
	batch_build(drawn->programs, drawn->count, &drawn->batch);
	check_drawn(drawn);
	cr_assert(gt(sz, drawn->count, 30));
	program_vectors_free(vectors, count);
	free(drawn);
}
