/*
 * explorer/engine/epoch.c
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/random.h"
#include "engine/order.h"
#include "engine/race.h"
#include "engine/toy.h"
#include "runtime/announce.h"
#include "runtime/join.h"
#include "runtime/memory.h"
#include "runtime/semaphore.h"
#include "runtime/thread.h"

static struct engine *engine = &toy.engine;

static uint64_t races(void)
{
	for (size_t i = 0; i < engine->findings.count; i++)
		if (engine->findings.at[i].kind == FINDING_DATA_RACE)
			return engine->findings.at[i].count;
	return 0;
}

/* The lock hands x over, if the first thread has it first. */
ON_FIBER static void hand_over(unsigned number)
{
	if (number == 1)
		toy_write(&toy.memory->x, 1);
	toy_lock(0);
	toy_unlock(0);
	if (number == 2)
		toy_read(&toy.memory->x);
}

static void step(const char *threads)
{
	for (; *threads; threads++)
		toy_step((uint16_t)(*threads - '0'));
}

static void finish(void)
{
	toy_run_out();
	engine_finish(engine);
}

Test(epoch, lock_orders_those_who_take_it_in_turn)
{
	toy_start(2, hand_over);
	engine_begin(engine);
	step("111222");
	finish();
	cr_assert(zero(u64, races()));
}

Test(epoch, accesses_that_are_never_pending_at_a_time_race)
{
	toy_start(2, hand_over);
	engine_begin(engine);
	step("122211");
	finish();
	cr_assert(eq(u64, races(), 1));
}

Test(epoch, what_is_gone_back_behind_is_undone)
{
	toy_start(2, hand_over);
	engine_begin(engine);
	step("111222");
	finish();
	engine_rewind(engine, 1);
	step("222");
	finish();
	cr_assert(eq(u64, races(), 1));
	engine_rewind(engine, 1);
	step("11222");
	finish();
	cr_assert(eq(u64, races(), 1));
	engine_rewind(engine, 2);
	finish();
	engine_begin(engine);
	step("1222");
	finish();
	cr_assert(eq(u64, races(), 2));
}

ON_FIBER static void write_halves(unsigned number)
{
	short *halves = (short *)(void *)&toy.memory->array[0];

	runtime_announce(
		&toy.runtime,
		&(struct operation){.op = OP_WRITE,
				    .order = ORDER_PLAIN,
				    .address = (uintptr_t)(halves + number - 1),
				    .bytes = 2,
				    .place = number});
}

Test(epoch, neighbours_in_a_granule_do_not_race)
{
	toy_start(2, write_halves);
	engine_begin(engine);
	finish();
	cr_assert(zero(u64, races()));
}

/* --- Against every pair of events, compared by order */

#define PROGRAMS   100U
#define EXECUTIONS 40U
#define OPERATIONS 5U
#define KINDS	   12U
#define RACES_MAX  64U

static uint64_t seed;

static unsigned draw(unsigned number, unsigned nth, unsigned below)
{
	struct random random;

	random_seed(&random, random_run_seed(seed, 64 * number + nth));
	return random_below(&random, below);
}

ON_FIBER static void atomic(enum op op, enum memory_order_kind order,
			    uintptr_t place)
{
	struct atomic_access access = {
		.address = (uintptr_t)&toy.memory->array[0],
		.bytes = sizeof(int),
		.op = op,
		.order = order,
		.place = place,
	};

	memory_atomic(&toy.runtime, &access);
}

ON_FIBER static void access(bool write, unsigned which, uintptr_t place)
{
	int *variables[] = {&toy.memory->x, &toy.memory->y,
			    &toy.memory->array[0]};

	memory_access(&toy.runtime, (uintptr_t)variables[which], sizeof(int),
		      write, place);
}

ON_FIBER static void perform(unsigned kind, uintptr_t place)
{
	switch (kind) {
	case 0:
	case 1:
	case 2:
	case 3:
		access(kind % 2, kind / 2, place);
		return;
	case 4:
		access(true, 2, place);
		return;
	case 10:
	case 11:
		toy_lock(kind - 10);
		access(true, 0, place);
		toy_unlock(kind - 10);
		return;
	case 5:
		atomic(OP_ATOMIC_STORE, ORDER_RELEASE, place);
		return;
	case 6:
		atomic(OP_ATOMIC_LOAD, ORDER_ACQUIRE, place);
		return;
	case 7:
		atomic(OP_ATOMIC_STORE, ORDER_RELAXED, place);
		return;
	case 8:
		semaphore_post(&toy.runtime, &toy.memory->semaphore, place);
		return;
	default:
		semaphore_trywait(&toy.runtime, &toy.memory->semaphore, place);
		return;
	}
}

ON_FIBER static void run_drawn(unsigned number);

ON_FIBER static void *run_child(void *argument)
{
	run_drawn((unsigned)(uintptr_t)argument);
	return NULL;
}

/* Threads 1 and 2 create one more each, some time, and join it. */
ON_FIBER static void run_drawn(unsigned number)
{
	unsigned creates_at = number < 3 ? draw(number, 60, OPERATIONS) : 99;
	unsigned joins_at = draw(number, 61, OPERATIONS);
	pthread_t child = 0;
	unsigned kind;

	for (unsigned i = 0; i < OPERATIONS; i++) {
		if (i == creates_at)
			thread_create(
				&toy.runtime, &child,
				&(struct thread_plan){
					.start = run_child,
					.argument =
						(void *)(uintptr_t)(number + 2),
				},
				1);
		if (child && i >= joins_at) {
			join_wait(&toy.runtime, child, NULL, 2);
			child = 0;
		}
		kind = draw(number, i, KINDS);
		perform(kind, 100 * number + kind);
	}
	if (child)
		join_wait(&toy.runtime, child, NULL, 2);
}

static void run_by_chance(struct random *random)
{
	while (!engine->ended)
		engine_step(engine, engine->choices[random_below(
					    random, engine->choice_count)]);
	engine_finish(engine);
}

/* The races of the execution, by number. */
static uint64_t races_on_path(void)
{
	const struct findings *findings = &engine->findings;
	uint64_t set = 0;

	for (size_t i = 0; i < findings->path_count; i++)
		if (findings->at[findings->path[i].id].kind ==
		    FINDING_DATA_RACE)
			set |= UINT64_C(1) << findings->path[i].id;
	return set;
}

static uint64_t races_by_order(void)
{
	struct order order = {0};
	struct sighting path[RACES_MAX];
	size_t count = engine->findings.path_count;
	uint64_t set;

	cr_assert(lt(sz, engine->findings.count, RACES_MAX));
	memcpy(path, engine->findings.path, count * sizeof(*path));
	findings_forget(&engine->findings);
	engine->no_races = false;
	order_extend(&order, engine);
	for (size_t i = 0; i < engine->depth; i++)
		race_check_event(engine, &order, i);
	set = races_on_path();
	engine->no_races = true;
	findings_forget(&engine->findings);
	for (size_t i = 0; i < count; i++)
		findings_see_again(&engine->findings, path[i].id,
				   path[i].depth);
	order_fini(&order);
	return set;
}

/* Returns how many executions had the races of one before. */
static uint64_t check_program(struct random *random)
{
	seed = random_next(random);
	engine_new_round(engine);
	findings_clear(&engine->findings);
	engine_begin(engine);
	for (unsigned i = 0; i < EXECUTIONS; i++) {
		run_by_chance(random);
		cr_assert(eq(u64, races_on_path(), races_by_order()));
		if (random_below(random, 4) == 0)
			engine_begin(engine);
		else
			engine_rewind(
				engine,
				random_below(random, (uint32_t)engine->depth));
	}
	return engine->epochs.memo.hits;
}

Test(epoch, finds_what_comparing_every_pair_finds)
{
	struct random random;
	uint64_t hits = 0;

	random_seed(&random, 1);
	toy_start(2, run_drawn);
	/* Pending accesses may race that something orders in what follows. */
	engine->no_races = true;
	for (unsigned i = 0; i < PROGRAMS; i++)
		hits += check_program(&random);
	cr_assert(gt(u64, hits, PROGRAMS));
}
