/*
 * explorer/runtime/mutex.c
 */
#include "runtime/mutex.h"
#include "runtime/mutex_state.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "engine/toy.h"

static int kind;
static char disagreement[200];

static void init_both(pthread_mutex_t *ours, pthread_mutex_t *real)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, kind);
	mutex_init(&toy.runtime, ours, &attributes, 0);
	pthread_mutex_init(real, &attributes);
}

static void note(const char *what, int ours, int real)
{
	if (ours != real && !disagreement[0])
		snprintf(disagreement, sizeof(disagreement),
			 "%s: %d, really %d", what, ours, real);
}

/* Random operations of one thread, on a mutex of ours and on a real one. What
 * would block is left out. */
ON_FIBER static void operate_on_both(unsigned number)
{
	pthread_mutex_t *ours = &toy.memory->locks[0];
	struct runtime *runtime = &toy.runtime;
	pthread_mutex_t real;
	unsigned held = 0;

	(void)number;
	init_both(ours, &real);
	for (int i = 0; i < 2000; i++) {
		int action = rand() % 4;
		int result;

		if (action == 0 &&
		    (held == 0 || kind != PTHREAD_MUTEX_NORMAL)) {
			result = pthread_mutex_lock(&real);
			note("lock", mutex_lock(runtime, ours, 0), result);
			held += result == 0;
		} else if (action == 1) {
			result = pthread_mutex_trylock(&real);
			note("trylock", mutex_trylock(runtime, ours, 0),
			     result);
			held += result == 0;
		} else if (action == 2 &&
			   (held > 0 || kind != PTHREAD_MUTEX_NORMAL)) {
			result = pthread_mutex_unlock(&real);
			note("unlock", mutex_unlock(runtime, ours, 0), result);
			held -= result == 0;
		} else if (action == 3 && rand() % 8 == 0) {
			result = pthread_mutex_destroy(&real);
			note("destroy", mutex_destroy(runtime, ours, 0),
			     result);
			if (result == 0)
				init_both(ours, &real);
		}
	}
}

static void expect_agreement(int tested_kind)
{
	kind = tested_kind;
	toy_start(1, operate_on_both);
	engine_begin(&toy.engine);
	toy_run_out();
	cr_assert(eq(str, disagreement, ""));
	cr_assert(eq(int, toy.engine.ending.kind, END_EXIT));
}

Test(mutex, of_the_normal_kind_answers_as_a_real_one)
{
	expect_agreement(PTHREAD_MUTEX_NORMAL);
}

Test(mutex, of_the_recursive_kind_answers_as_a_real_one)
{
	expect_agreement(PTHREAD_MUTEX_RECURSIVE);
}

Test(mutex, of_the_checking_kind_answers_as_a_real_one)
{
	expect_agreement(PTHREAD_MUTEX_ERRORCHECK);
}

ON_FIBER static void lock_twice(unsigned number)
{
	(void)number;
	toy_lock(0);
	toy_lock(0);
}

Test(mutex, blocks_its_owner_too)
{
	toy_start(1, lock_twice);
	engine_begin(&toy.engine);
	toy_step(1);
	cr_assert(toy.engine.ended);
	cr_assert(eq(int, toy.engine.ending.kind, END_DEADLOCK));
	cr_assert(eq(uint, mutex_owner((uintptr_t)&toy.memory->locks[0]), 1));
}

ON_FIBER static void lock_all_zero(unsigned number)
{
	toy_lock(0);
	toy_write(&toy.memory->x, (int)number);
	toy_unlock(0);
}

Test(mutex, all_zero_is_free)
{
	toy_start(2, lock_all_zero);
	engine_begin(&toy.engine);
	cr_assert(eq(uint, toy.engine.choice_count, 2));
	toy_step(2);
	cr_assert(eq(uint, toy.engine.choice_count, 1));
	cr_assert(eq(uint, mutex_owner((uintptr_t)&toy.memory->locks[0]), 2));
	toy_step(2);
	toy_step(2);
	cr_assert(eq(uint, mutex_owner((uintptr_t)&toy.memory->locks[0]),
		     THREADS_MAX));
	toy_run_out();
	cr_assert(eq(int, toy.memory->x, 1));
}
