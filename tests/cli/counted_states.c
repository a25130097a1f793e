/*
 * --strategy states visits as many states as there are, by counting the places
 * where threads can stand: docs/states.md. What nobody can tell apart is one.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "support/explorer.h"

struct counted {
	const char *words; /* a model, and its arguments */
	int64_t states;
};

static const struct counted counted[] = {
	{"models/counter_lock.c -- 2 2", 48},
	{"models/counter_lock.c -- 2 10", 784},
	{"models/dining_philosophers.c -- 2", 28},
	{"models/dining_philosophers.c -- 3", 117},
	{"models/dining_philosophers.c -- 4", 550},
	{"models/dining_philosophers.c -- 5", 2631},
	{"models/dining_philosophers.c -- 6", 12680},
	{"models/dining_philosophers_fixed.c -- 2", 25},
	{"models/dining_philosophers_fixed.c -- 3", 102},
	{"models/dining_philosophers_fixed.c -- 4", 471},
	{"models/dining_philosophers_fixed.c -- 5", 2248},
	{"models/dining_philosophers_fixed.c -- 6", 10825},
	{"models/bounded_buffer_fixed.c", 156},
	/* 285, and 18 that differ in a register that nobody reads again. */
	{"models/bounded_buffer.c", 303},
	/* Two threads that stand before 14 operations or have ended, and the
	 * end. The second search makes all steps. */
	{"tests/programs/holes.c", 226},
	{"--count-interleavings tests/programs/holes.c", 226},
	/* As many whether steps are recalled, or compared, or all run. */
	{"tests/programs/stores_and_sleeps.c", 19},
	{"--paranoid tests/programs/stores_and_sleeps.c", 19},
	{"--count-interleavings tests/programs/stores_and_sleeps.c", 19},
	{"--shortest tests/programs/stores_and_sleeps.c", 19},
};

Test(counted_states, are_all_there_are)
{
	for (size_t i = 0; i < sizeof(counted) / sizeof(*counted); i++) {
		struct answer answer;
		char *words;

		cr_assert(ge(int,
			     asprintf(&words,
				      "check --strategy states --max-traces 0 "
				      "--format json %s",
				      counted[i].words),
			     0));
		explorer_words(words, &answer);
		cr_expect(eq(i64, answer_integer(&answer, "states"),
			     counted[i].states),
			  "%s", counted[i].words);
		answer_fini(&answer);
		free(words);
	}
}
