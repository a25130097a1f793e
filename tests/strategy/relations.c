/*
 * Reduction makes one execution for each relation of happens-before that some
 * interleaving has: random programs of threads that meet at a barrier, each
 * interleaving of them made here, without a strategy.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/random.h"
#include "engine/order.h"
#include "engine/toy.h"
#include "runtime/barrier.h"
#include "strategy/searched.h"

#define PROGRAMS	    60U
#define INTERLEAVINGS_MAX   4000U
#define INTERLEAVINGS_LEAST 2U

static struct engine *const engine = &toy.engine;

/* In no world, so that they survive rewinds. */
static uint64_t program;
static unsigned meeting;    /* so many meet */
static unsigned operations; /* of a thread */

ON_FIBER static void perform(unsigned kind, unsigned index)
{
	struct toy_memory *memory = toy.memory;

	switch (kind) {
	case 0:
		toy_read(&memory->x);
		return;
	case 1:
		toy_write(&memory->x, (int)index);
		return;
	case 2:
		if (barrier_wait(&toy.runtime, &memory->barrier, index) != 0)
			toy_write(&memory->y, (int)index);
		return;
	default:
		barrier_wait(&toy.runtime, &memory->barrier, index);
		return;
	}
}

ON_FIBER static void run_drawn(unsigned number)
{
	for (unsigned i = 0; i < operations; i++) {
		struct random random;

		random_seed(&random,
			    random_run_seed(program, number * 100 + i));
		perform(random_below(&random, 7), 10 * number + i);
	}
}

ON_FIBER static void prepare(void)
{
	barrier_init(&toy.runtime, &toy.memory->barrier, meeting, 1);
}

struct relations {
	struct order order;
	struct map seen;
	uint64_t interleavings;
};

/* The same for executions that are one but for the order of what is
 * independent. */
static uint64_t relation(struct order *order)
{
	uint64_t digest = 1;

	order_rewind(order, 0);
	order_extend(order, engine);
	for (size_t i = 0; i < engine->depth; i++) {
		const uint32_t *clock = order_clock(order, i, RELATION_BEFORE);
		uint64_t event = hash_mix(order->events[i].thread,
					  order->events[i].index);

		for (uint32_t t = 0; t < order->stride; t++)
			event = hash_mix(event, clock[t]);
		digest += event;
	}
	return digest ? digest : 1;
}

/* Makes every interleaving from here on. */
static void visit(struct relations *relations)
{
	struct choice choices[CHOICES_MAX];
	uint32_t count = engine->choice_count;
	size_t depth = engine->depth;

	if (relations->interleavings > INTERLEAVINGS_MAX)
		return;
	if (engine->ended) {
		relations->interleavings++;
		*map_put(&relations->seen, relation(&relations->order)) = 1;
		return;
	}
	for (uint32_t i = 0; i < count; i++)
		choices[i] = engine->choices[i];
	for (uint32_t i = 0; i < count; i++) {
		engine_rewind(engine, depth);
		engine_step(engine, choices[i]);
		visit(relations);
	}
}

static uint64_t reduced(const struct strategy *strategy)
{
	struct searched searched =
		search_through(strategy, &(struct strategy_options){0});

	cr_assert(zero(u64, engine->blocked));
	return searched.executions;
}

/* Returns whether the program is of the wanted size. */
static bool check_program(void)
{
	struct relations relations = {.interleavings = 0};
	bool fits;

	engine_new_round(engine);
	engine_begin(engine);
	visit(&relations);
	fits = relations.interleavings >= INTERLEAVINGS_LEAST &&
	       relations.interleavings <= INTERLEAVINGS_MAX;
	if (fits)
		cr_assert(
			eq(u64, reduced(&strategy_dpor), relations.seen.count),
			"program %lu, refined: %d", program,
			toy.runtime.refined);
	order_fini(&relations.order);
	map_fini(&relations.seen);
	return fits;
}

static void check_programs(unsigned threads, unsigned length, unsigned meet)
{
	unsigned checked = 0;

	operations = length;
	meeting = meet;
	toy_begin_with(prepare);
	toy_start(threads, run_drawn);
	for (program = 1; program <= PROGRAMS; program++) {
		toy.runtime.refined = true;
		checked += check_program();
		toy.runtime.refined = false;
		check_program();
	}
	cr_assert(gt(uint, checked, PROGRAMS / 8), "%u", checked);
}

Test(relations, of_two_who_meet_are_run_once)
{
	check_programs(3, 2, 2);
}

Test(relations, of_three_who_meet_are_run_once)
{
	check_programs(3, 2, 3);
}

Test(relations, of_three_of_four_who_meet_are_run_once)
{
	check_programs(4, 1, 3);
}

Test(relations, of_four_who_meet_are_run_once)
{
	check_programs(4, 1, 4);
}
