/*
 * How many executions reduction makes is a fact about the program: it depends
 * neither on the order in which threads are created nor on who is preferred
 * where any may move.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/random.h"
#include "engine/toy.h"
#include "runtime/mutex.h"
#include "runtime/rwlock.h"
#include "runtime/semaphore.h"
#include "strategy/searched.h"

#define THREADS	    3U
#define OPERATIONS  3U
#define PROGRAMS    60U
#define PREFERENCES 3U
#define EXECUTIONS  3000U

/* In no world, so that they survive rewinds. */
static uint64_t program;
static unsigned roles[THREADS];

static const unsigned permutations[][THREADS] = {
	{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

ON_FIBER static void perform(unsigned kind, unsigned index)
{
	struct runtime *runtime = &toy.runtime;
	struct toy_memory *memory = toy.memory;
	uintptr_t place = 100 + index;

	switch (kind) {
	case 0:
		toy_read(&memory->x);
		return;
	case 1:
		toy_write(&memory->x, (int)index);
		return;
	case 2:
		toy_increment(index);
		return;
	case 3:
		toy_lock(0);
		toy_write(&memory->y, (int)index);
		toy_unlock(0);
		return;
	case 4:
		toy_lock(1);
		toy_lock(0);
		toy_unlock(0);
		toy_unlock(1);
		return;
	case 5:
		if (mutex_trylock(runtime, &memory->locks[0], place) == 0)
			toy_unlock(0);
		return;
	case 6:
		semaphore_post(runtime, &memory->semaphore, place);
		return;
	case 7:
		semaphore_wait(runtime, &memory->semaphore, place);
		return;
	case 8:
		semaphore_trywait(runtime, &memory->semaphore, place);
		return;
	case 9:
		rwlock_rdlock(runtime, &memory->rwlock, place);
		toy_read(&memory->y);
		rwlock_unlock(runtime, &memory->rwlock, place);
		return;
	case 10:
		rwlock_wrlock(runtime, &memory->rwlock, place);
		toy_write(&memory->y, (int)index);
		rwlock_unlock(runtime, &memory->rwlock, place);
		return;
	default:
		toy_print("a");
		return;
	}
}

/* Which thread this is says only which role it plays. */
ON_FIBER static void play(unsigned number)
{
	unsigned role = roles[number - 1];

	for (unsigned i = 0; i < OPERATIONS; i++) {
		struct random random;

		random_seed(&random, random_run_seed(program, role * 100 + i));
		perform(random_below(&random, 12), 10 * role + i);
	}
}

static struct searched search_with(const unsigned *permutation,
				   uint64_t preference)
{
	const struct strategy_options options = {.preference = preference};

	for (unsigned i = 0; i < THREADS; i++)
		roles[i] = permutation[i];
	toy.engine.blocked = 0;
	return search_through(&strategy_dpor, &options);
}

/* Returns whether the program is small enough to say so. */
static bool check_program(void)
{
	const size_t count = sizeof(permutations) / sizeof(*permutations);
	struct searched first = search_with(permutations[0], 0);

	if (first.executions < 2 || first.executions > EXECUTIONS)
		return false;
	for (size_t i = 0; i < count; i++)
		for (uint64_t j = 0; j < PREFERENCES; j++) {
			struct searched other = search_with(permutations[i], j);

			cr_assert(eq(u64, other.executions, first.executions),
				  "program %lu, permutation %zu, preference "
				  "%lu",
				  program, i, j);
			cr_assert(zero(u64, toy.engine.blocked));
			cr_assert(eq(sz, other.outcome_count,
				     first.outcome_count));
		}
	return true;
}

Test(permuted, reduction_makes_as_many_executions)
{
	unsigned checked = 0;

	toy_start(THREADS, play);
	toy.runtime.refined = true;
	for (program = 1; program <= PROGRAMS; program++)
		checked += check_program();
	cr_assert(gt(uint, checked, PROGRAMS / 2));
}
