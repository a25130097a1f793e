/*
 * See family.h.
 */
#include "strategy/family.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "base/random.h"
#include "engine/toy.h"
#include "strategy/traces.h"

#define THREADS	       FAMILY_THREADS
#define OPERATIONS_MAX 3U
#define PROGRAMS_CHECK 100
#define PROGRAMS_SOAK  50000
/* Programs with more, or with one trace, are not used. */
#define EXECUTIONS_MAX 1000U
#define PREFERENCES    2U

static const struct bound none = {BOUND_NONE, 0};

/* In no world, so that they survive rewinds. */
static uint64_t program;
static const struct family *family;
/* Kinds that occurred in programs that were checked. */
static bool occurred[OP_COUNT];

static struct runtime *const runtime = &toy.runtime;

ON_FIBER static void run_drawn(unsigned number)
{
	for (unsigned i = 0; i < OPERATIONS_MAX; i++) {
		struct random random;

		random_seed(&random,
			    random_run_seed(program, number * 100 + i));
		/* Some threads do less. */
		if (random_below(&random, 4) > 0)
			family->perform(random_below(&random, family->count),
					100 * number + 10 * i);
	}
}

static void expect(const struct traces *actual, const struct traces *all)
{
	cr_assert(eq(sz, actual->executions, all->count), "program %lu",
		  program);
	cr_assert(traces_are_same(actual, all), "program %lu", program);
	cr_assert(zero(u64, actual->blocked), "program %lu", program);
	cr_assert(eq(sz, actual->outcome_count, all->outcome_count));
}

/* Which names, ends of threads and the like are steps is learned, as a job
 * does. Returns whether there was anything new. */
static bool learn(void)
{
	struct touches *touches = &runtime->touches;
	bool grew = touches->learned_clock && !runtime->visible.clock_is_read;

	for (size_t i = 0; i < touches->learned.capacity; i++) {
		const struct map_entry *entry = &touches->learned.entries[i];

		if (entry->key)
			grew |= visible_add(&runtime->visible, entry->key,
					    (uint8_t)entry->value);
	}
	runtime->visible.clock_is_read = touches->learned_clock;
	touches_forget_recent(touches);
	toy.engine.learned = touches->grown;
	return grew;
}

/* Returns whether there was more than one trace, and it was checked. */
static bool check_program(void)
{
	struct traces all;
	bool checked;

	for (;;) {
		checked =
			traces_run(&strategy_dfs, none, EXECUTIONS_MAX, &all) &&
			all.count > 1;
		if (!learn())
			break;
		traces_fini(&all);
	}
	for (size_t i = 0; checked && i < OP_COUNT; i++)
		occurred[i] |= all.occurred[i];
	for (uint64_t i = 0; checked && i < PREFERENCES; i++) {
		struct traces reduced;

		cr_assert(traces_run_preferring(&strategy_dpor, none, i,
						EXECUTIONS_MAX, &reduced));
		expect(&reduced, &all);
		traces_fini(&reduced);
	}
	traces_fini(&all);
	return checked;
}

static uint64_t programs_wanted(void)
{
	const char *wanted = getenv("SOAK_PROGRAMS");

	if (!getenv("SOAK"))
		return PROGRAMS_CHECK;
	return wanted ? strtoull(wanted, NULL, 10) : PROGRAMS_SOAK;
}

void family_check(const struct family *checked)
{
	const uint64_t wanted = programs_wanted();
	uint64_t count = 0;

	family = checked;
	toy_begin_with(family->begin);
	toy_start(FAMILY_THREADS, run_drawn);
	toy.engine.frozen = false;
	runtime->refined = true;
	runtime->timeouts_max = 1;
	runtime->spurious_max = 1;
	for (program = 1; count < wanted; program++) {
		cr_assert(lt(u64, program, 40 * wanted));
		count += check_program();
	}
	for (size_t i = 0; i < family->kind_count; i++)
		cr_expect(occurred[family->kinds[i]], "no %s",
			  op_name(family->kinds[i]));
}
