/*
 * The kinds of operation that the random programs of tests/oracle do not have:
 * reduction runs each trace of those that dfs runs, once. A program draws from
 * one family of operations on the same objects, so that they meet.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <stdlib.h>

#include "base/random.h"
#include "engine/toy.h"
#include "runtime/barrier.h"
#include "runtime/condition.h"
#include "runtime/exit_handler.h"
#include "runtime/futex.h"
#include "runtime/join.h"
#include "runtime/memory.h"
#include "runtime/mutex.h"
#include "runtime/once.h"
#include "runtime/rwlock.h"
#include "runtime/semaphore.h"
#include "runtime/semaphore_named.h"
#include "runtime/settings.h"
#include "runtime/specific.h"
#include "runtime/spin_lock.h"
#include "runtime/system.h"
#include "runtime/thread.h"
#include "strategy/traces.h"

#define THREADS	       3U
#define OPERATIONS_MAX 3U
#define PROGRAMS_CHECK 60
#define PROGRAMS_SOAK  5000
#define EXECUTIONS_MAX 3000U
#define PREFERENCES    2U
#define KEY	       0U

static const struct bound none = {BOUND_NONE, 0};

/* In no world, so that they survive rewinds. */
static uint64_t program;
static unsigned kinds;
static void (*perform)(unsigned kind, uintptr_t place);

static struct runtime *const runtime = &toy.runtime;

/* --- Families */

#define KEYS 6U
ON_FIBER static void use_keys(unsigned kind, uintptr_t place)
{
	unsigned key;

	switch (kind) {
	case 0:
		specific_get(runtime, KEY, place);
		return;
	case 1:
	case 2:
		specific_set(runtime, KEY, &toy, place);
		return;
	case 3:
		specific_key_delete(runtime, KEY, place);
		return;
	case 4:
		specific_key_create(runtime, &key, NULL, place);
		return;
	default:
		toy_increment(0);
		return;
	}
}

ON_FIBER static void make_key(void)
{
	unsigned key;

	specific_key_create(runtime, &key, NULL, 1);
}

#define NAMED_SEMAPHORES 7U
ON_FIBER static void use_named_semaphores(unsigned kind, uintptr_t place)
{
	sem_t *semaphore;

	switch (kind) {
	case 0:
		semaphore_open(runtime, "/a", O_CREAT, 1, place);
		return;
	case 1:
		semaphore_open(runtime, "/a", 0, 0, place);
		return;
	case 2:
		semaphore_open(runtime, "/b", O_CREAT | O_EXCL, 0, place);
		return;
	case 3:
	case 4:
		semaphore_unlink(runtime, kind == 3 ? "/a" : "/b", place);
		return;
	case 5:
		semaphore = semaphore_open(runtime, "/a", O_CREAT, 1, place);
		if (semaphore != SEM_FAILED)
			semaphore_trywait(runtime, semaphore, place + 1);
		return;
	default:
		semaphore = semaphore_open(runtime, "/a", O_CREAT, 1, place);
		if (semaphore != SEM_FAILED)
			semaphore_close(runtime, semaphore, place + 1);
		return;
	}
}

#define FUTEXES 5U
ON_FIBER static void use_futexes(unsigned kind, uintptr_t place)
{
	int *word = &toy.memory->x;

	switch (kind) {
	case 0:
	case 1:
		futex_wait(runtime, (uint32_t *)word, kind, UINT32_MAX,
			   &DEADLINE_NEVER, place);
		return;
	case 2:
		futex_wake(runtime, (uint32_t *)word, 1, UINT32_MAX, place);
		return;
	case 3:
		futex_wake(runtime, (uint32_t *)word, 2, UINT32_MAX, place);
		return;
	default:
		toy_write(word, (int)(place % 2));
		return;
	}
}

#define MUTEXES 7U
ON_FIBER static void use_mutexes(unsigned kind, uintptr_t place)
{
	pthread_mutex_t *mutex = &toy.memory->locks[0];

	switch (kind) {
	case 0:
		mutex_init(runtime, mutex, NULL, place);
		return;
	case 1:
		mutex_destroy(runtime, mutex, place);
		return;
	case 2:
		mutex_trylock(runtime, mutex, place);
		return;
	case 3:
		mutex_consistent(runtime, mutex, place);
		return;
	case 4:
		mutex_unlock(runtime, mutex, place);
		return;
	default:
		mutex_lock(runtime, mutex, place);
		return;
	}
}

/* What a thread holds when it ends it abandons. */
ON_FIBER static void make_robust(void)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	mutex_init(runtime, &toy.memory->locks[0], &attributes, 1);
}

#define OTHER_OBJECTS 14U
ON_FIBER static void use_other_objects(unsigned kind, uintptr_t place)
{
	struct toy_memory *memory = toy.memory;
	pthread_cond_t *condition = (pthread_cond_t *)&memory->array[16];
	pthread_spinlock_t *spin_lock =
		(pthread_spinlock_t *)&memory->array[32];

	switch (kind) {
	case 0:
		semaphore_init(runtime, &memory->semaphore, 0, 1, place);
		return;
	case 1:
		semaphore_destroy(runtime, &memory->semaphore, place);
		return;
	case 2:
		semaphore_trywait(runtime, &memory->semaphore, place);
		return;
	case 3:
		rwlock_init(runtime, &memory->rwlock, NULL, place);
		return;
	case 4:
		rwlock_destroy(runtime, &memory->rwlock, place);
		return;
	case 5:
		rwlock_tryrdlock(runtime, &memory->rwlock, place);
		return;
	case 6:
		condition_init(runtime, condition, place);
		return;
	case 7:
		condition_signal(runtime, condition, place);
		return;
	case 8:
		condition_destroy(runtime, condition, place);
		return;
	case 9:
		spin_lock_init(runtime, spin_lock, place);
		return;
	case 10:
		spin_lock_destroy(runtime, spin_lock, place);
		return;
	case 11:
		spin_lock_trylock(runtime, spin_lock, place);
		return;
	case 12:
		barrier_init(runtime, &memory->barrier, 1, place);
		return;
	default:
		barrier_wait(runtime, &memory->barrier, place);
		return;
	}
}

ON_FIBER static void make_barrier(void)
{
	barrier_init(runtime, &toy.memory->barrier, 1, 1);
}

ON_FIBER static void do_nothing(void)
{
}

#define SYSTEM 9U
ON_FIBER static void use_system(unsigned kind, uintptr_t place)
{
	struct toy_memory *memory = toy.memory;
	pthread_t main_thread = thread_handle(&runtime->state.threads[0]);

	switch (kind) {
	case 0:
		system_random(runtime, place);
		return;
	case 1:
		system_clock(runtime, place);
		return;
	case 2:
		system_sleep(runtime, 1000, place);
		return;
	case 3:
		settings_of(runtime, main_thread, true, place);
		return;
	case 4:
		settings_of(runtime, main_thread, false, place);
		return;
	case 5:
		exit_handler_note(runtime, true, place);
		return;
	case 6:
		once_run(runtime, (pthread_once_t *)&memory->array[40],
			 do_nothing, place);
		return;
	case 7:
		memory_release(runtime, (uintptr_t)&memory->array[0],
			       sizeof(memory->array[0]), place);
		return;
	default:
		toy_write(&memory->array[0], 1);
		return;
	}
}

/* The last thread is looked for by the others, and may be joined by the first:
 * before main does, who joins it behind the first. */
#define OTHER_THREADS 5U
ON_FIBER static void use_other_threads(unsigned kind, uintptr_t place)
{
	const uint32_t number = runtime->current->number;
	pthread_t last = thread_handle(&runtime->state.threads[THREADS]);
	const struct deadline soon = {.ns = 1};

	if (kind == 0 && number < THREADS)
		join_is_there(runtime, last, place);
	else if (kind == 1 && number == 1)
		join_try(runtime, last, NULL, place);
	else if (kind == 2 && number == 1)
		join_until(runtime, last, NULL, &soon, place);
	else if (kind == 3)
		toy_write(&toy.memory->y, (int)place);
	else
		toy_read(&toy.memory->y);
}

/* --- Programs */

ON_FIBER static void run_drawn(unsigned number)
{
	for (unsigned i = 0; i < OPERATIONS_MAX; i++) {
		struct random random;

		random_seed(&random,
			    random_run_seed(program, number * 100 + i));
		/* Some threads do less. */
		if (random_below(&random, 4) > 0)
			perform(random_below(&random, kinds),
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

static void check_family(void (*family)(unsigned, uintptr_t), unsigned count)
{
	const uint64_t wanted = getenv("SOAK") ? PROGRAMS_SOAK : PROGRAMS_CHECK;
	uint64_t checked = 0;

	perform = family;
	kinds = count;
	toy_start(THREADS, run_drawn);
	toy.engine.frozen = false;
	runtime->refined = true;
	runtime->timeouts_max = 1;
	for (program = 1; checked < wanted; program++) {
		cr_assert(lt(u64, program, 20 * wanted));
		checked += check_program();
	}
}

Test(rare_kinds, of_keys_run_once)
{
	toy_begin_with(make_key);
	check_family(use_keys, KEYS);
}

Test(rare_kinds, of_named_semaphores_run_once)
{
	check_family(use_named_semaphores, NAMED_SEMAPHORES);
}

Test(rare_kinds, of_futexes_run_once)
{
	check_family(use_futexes, FUTEXES);
}

Test(rare_kinds, of_mutexes_run_once)
{
	check_family(use_mutexes, MUTEXES);
}

Test(rare_kinds, of_robust_mutexes_run_once)
{
	toy_begin_with(make_robust);
	check_family(use_mutexes, MUTEXES);
}

Test(rare_kinds, of_other_objects_run_once)
{
	toy_begin_with(make_barrier);
	check_family(use_other_objects, OTHER_OBJECTS);
}

Test(rare_kinds, of_the_system_run_once)
{
	check_family(use_system, SYSTEM);
}

Test(rare_kinds, of_other_threads_run_once)
{
	check_family(use_other_threads, OTHER_THREADS);
}
