/*
 * explorer/engine/dependence.c against the runtime: what it calls independent
 * commutes. Of any two threads that could move, and whose steps, as they were
 * performed, do not conflict, either may come first: the other can still come
 * then, is again what it was, and the state is the same.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/random.h"
#include "engine/check.h"
#include "engine/dependence.h"
#include "engine/toy.h"
#include "runtime/barrier.h"
#include "runtime/mutex.h"
#include "runtime/rwlock.h"
#include "runtime/semaphore.h"

#define THREADS	   3U
#define OPERATIONS 5U
#define WALKS	   400U

static struct engine *const engine = &toy.engine;
/* What the threads draw from; in no world, so that it survives rewinds. */
static uint64_t walk;
static unsigned kinds;
static void (*perform)(unsigned kind, uintptr_t place);

static unsigned draw(unsigned number, unsigned operation)
{
	struct random random;

	random_seed(&random, random_run_seed(walk, number * 100 + operation));
	return random_below(&random, kinds);
}

#define KINDS 12U
ON_FIBER static void perform_any(unsigned kind, uintptr_t place)
{
	struct runtime *runtime = &toy.runtime;
	struct toy_memory *memory = toy.memory;
	sem_t *semaphore = &memory->semaphore;
	int value;

	switch (kind) {
	case 0:
		toy_read(&memory->x);
		return;
	case 1:
		toy_write(&memory->x, (int)place);
		return;
	case 2:
		toy_write(&memory->y, (int)place);
		return;
	case 3:
		toy_print("a");
		return;
	case 4:
	case 5:
		mutex_trylock(runtime, &memory->locks[0], place);
		return;
	case 6:
		mutex_unlock(runtime, &memory->locks[0], place);
		return;
	case 7:
		mutex_trylock(runtime, &memory->locks[1], place);
		return;
	case 8:
		semaphore_post(runtime, semaphore, place);
		return;
	case 9:
		semaphore_trywait(runtime, semaphore, place);
		return;
	case 10:
		semaphore_getvalue(runtime, semaphore, &value, place);
		return;
	default:
		semaphore_wait(runtime, semaphore, place);
		return;
	}
}

/* Some unlock what they have not locked. */
#define KINDS_OF_READERS 9U
ON_FIBER static void perform_reading(unsigned kind, uintptr_t place)
{
	struct runtime *runtime = &toy.runtime;
	pthread_rwlock_t *lock = &toy.memory->rwlock;

	switch (kind) {
	case 0:
	case 1:
		rwlock_rdlock(runtime, lock, place);
		return;
	case 2:
		rwlock_tryrdlock(runtime, lock, place);
		return;
	case 3:
		rwlock_wrlock(runtime, lock, place);
		return;
	case 4:
		rwlock_trywrlock(runtime, lock, place);
		return;
	case 5:
		toy_write(&toy.memory->x, (int)place);
		return;
	default:
		rwlock_unlock(runtime, lock, place);
		return;
	}
}

#define KINDS_OF_MEETINGS 5U
ON_FIBER static void perform_meeting(unsigned kind, uintptr_t place)
{
	if (kind > 0)
		barrier_wait(&toy.runtime, &toy.memory->barrier, place);
	else
		toy_write(&toy.memory->x, (int)place);
}

ON_FIBER static void run_drawn(unsigned number)
{
	for (unsigned i = 0; i < OPERATIONS; i++)
		perform(draw(number, i), 1000 * number + i);
}

static bool can_move(uint16_t thread)
{
	for (uint32_t i = 0; i < engine->choice_count; i++)
		if (engine->choices[i].thread == thread)
			return true;
	return false;
}

/* The test's own errno is in no world, and whose it is none of the program's
 * business. */
static uint64_t digest(void)
{
	struct runtime_state *state = &toy.runtime.state;

	runtime_enter(&toy.runtime, &state->threads[0]);
	for (uint32_t i = 0; i < state->count; i++)
		state->threads[i].saved_errno = 0;
	return check_digest(engine);
}

struct pair {
	struct performed first;
	struct performed second;
	uint64_t digest;
};

static bool has_ended(uint16_t thread)
{
	return toy.runtime.state.threads[thread].state == THREAD_ENDED;
}

/* Both steps from the state after `depth` steps. False if the second is not
 * possible after the first, or a thread has ended: in which order they are
 * joined is not the steps' doing. */
static bool step_both(size_t depth, uint16_t first, uint16_t second,
		      struct pair *ret_pair)
{
	engine_rewind(engine, depth);
	toy_step(first);
	if (engine->ended || !can_move(second))
		return false;
	toy_step(second);
	if (has_ended(first) || has_ended(second))
		return false;
	ret_pair->first = engine->log[depth];
	ret_pair->second = engine->log[depth + 1];
	ret_pair->digest = digest();
	return true;
}

/* Who arrives earlier at a barrier says that more are missing. */
static bool says_the_same(const struct operation *a, const struct operation *b)
{
	return a->op == OP_BARRIER_ARRIVE
		       ? (barrier_missing(a) > 1) == (barrier_missing(b) > 1)
		       : a->detail == b->detail;
}

static bool is_same(const struct performed *a, const struct performed *b)
{
	return says_the_same(&a->operation, &b->operation) &&
	       a->failed == b->failed;
}

/* Returns whether the two are independent. */
static bool check_pair(size_t depth, uint16_t a, uint16_t b)
{
	struct pair forth;
	struct pair back;

	if (!step_both(depth, a, b, &forth) ||
	    operations_conflict(&forth.first.operation,
				&forth.second.operation))
		return false;
	cr_assert(step_both(depth, b, a, &back), "%s disables %s",
		  op_name(forth.second.operation.op),
		  op_name(forth.first.operation.op));
	cr_assert(is_same(&forth.first, &back.second));
	cr_assert(is_same(&forth.second, &back.first));
	cr_assert(eq(u64, forth.digest, back.digest), "%s and %s",
		  op_name(forth.first.operation.op),
		  op_name(forth.second.operation.op));
	return true;
}

static unsigned check_pairs(size_t depth)
{
	uint16_t movable[THREADS + 1];
	unsigned count = 0;
	unsigned independent = 0;

	for (uint16_t t = 0; t <= THREADS; t++)
		if (can_move(t))
			movable[count++] = t;
	for (unsigned a = 0; a < count; a++)
		for (unsigned b = 0; b < count; b++)
			if (a != b)
				independent += check_pair(depth, movable[a],
							  movable[b]);
	return independent;
}

/* Checks all pairs in each state on a random way to an end. */
static unsigned check_walk(void)
{
	unsigned independent = 0;
	struct random random;

	random_seed(&random, walk);
	engine_new_round(engine);
	engine_begin(engine);
	while (!engine->ended) {
		size_t depth = engine->depth;
		uint32_t count = engine->choice_count;
		struct choice next =
			engine->choices[random_below(&random, count)];

		independent += check_pairs(depth);
		engine_rewind(engine, depth);
		engine_step(engine, next);
	}
	return independent;
}

static void check_walks(unsigned independent_least)
{
	unsigned independent = 0;

	toy_start(THREADS, run_drawn);
	toy.runtime.refined = true;
	for (walk = 1; walk <= WALKS; walk++)
		independent += check_walk();
	cr_assert(gt(uint, independent, independent_least));
}

Test(commuting, what_does_not_conflict_commutes)
{
	kinds = KINDS;
	perform = perform_any;
	check_walks(WALKS * 20);
}

Test(commuting, readers_commute)
{
	kinds = KINDS_OF_READERS;
	perform = perform_reading;
	check_walks(WALKS * 5);
}

/* Each meeting is of all threads; main is none of them. */
ON_FIBER static void prepare_meetings(void)
{
	barrier_init(&toy.runtime, &toy.memory->barrier, THREADS, 1);
}

Test(commuting, arrivals_commute)
{
	kinds = KINDS_OF_MEETINGS;
	perform = perform_meeting;
	toy_begin_with(prepare_meetings);
	check_walks(WALKS * 5);
}

ON_FIBER static void prefer_writers(void)
{
	pthread_rwlockattr_t attributes;

	pthread_rwlockattr_init(&attributes);
	pthread_rwlockattr_setkind_np(
		&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	rwlock_init(&toy.runtime, &toy.memory->rwlock, &attributes, 1);
}

Test(commuting, holds_where_writers_are_preferred)
{
	kinds = KINDS_OF_READERS;
	perform = perform_reading;
	toy_begin_with(prefer_writers);
	check_walks(WALKS / 2);
}
