/*
 * explorer/engine/step.c, rewind.c and finish.c, on programs of toy.h
 */
#include "engine/engine.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "engine/toy.h"
#include "runtime/thread.h"

#define DEPTH_MAX 200U

static struct engine *const engine = &toy.engine;

static int value_of_x(void)
{
	return toy.memory->x;
}

/* Some of everything that a rewind must undo. */
ON_FIBER static void mixed(unsigned number)
{
	toy_increment(number);
	toy_lock(0);
	toy_write(&toy.memory->array[number], toy_read(&toy.memory->y));
	toy_unlock(0);
	thread_yield(&toy.runtime);
	toy_print(number == 1 ? "one" : "another");
	toy_write(&toy.memory->y, (int)number);
}

ON_FIBER static void print_first(void)
{
	toy_print("first");
	toy_increment(0);
}

Test(engine, begins_where_the_first_choice_is)
{
	toy_start(2, toy_increment);
	engine_begin(engine);
	cr_assert(not(engine->ended));
	cr_assert(eq(sz, engine->depth, 0));
	cr_assert(eq(uint, engine->choice_count, 2));
	cr_assert(eq(uint, engine->choices[0].thread, 1));
	cr_assert(eq(uint, engine->choices[1].thread, 2));
}

Test(engine, lists_the_thread_that_ran_last_first)
{
	toy_start(3, toy_increment);
	engine_begin(engine);
	toy_step(2);
	cr_assert(eq(uint, engine->choice_count, 3));
	cr_assert(eq(uint, engine->choices[0].thread, 2));
	cr_assert(eq(uint, engine->choices[1].thread, 1));
	cr_assert(eq(uint, engine->choices[2].thread, 3));
}

Test(engine, a_step_is_one_operation)
{
	toy_start(2, toy_increment);
	engine_begin(engine);
	toy_step(1);
	cr_assert(eq(int, value_of_x(), 0));
	toy_step(1);
	cr_assert(eq(int, value_of_x(), 1));
	cr_assert(eq(uint, engine->choice_count, 1));
}

Test(engine, an_update_can_be_lost)
{
	toy_start(2, toy_increment);
	engine_begin(engine);
	toy_step(1);
	toy_step(2);
	toy_step(2);
	toy_step(1);
	toy_run_out();
	cr_assert(eq(int, value_of_x(), 1));
	cr_assert(engine_lost_update(engine));
	cr_assert(eq(int, engine->ending.kind, END_EXIT));
}

Test(engine, an_execution_without_conflict_loses_nothing)
{
	toy_start(2, toy_increment);
	engine_begin(engine);
	toy_run_out();
	cr_assert(eq(int, value_of_x(), 2));
	cr_assert(not(engine_lost_update(engine)));
}

Test(engine, every_execution_begins_alike)
{
	uint64_t digest;

	toy_begin_with(print_first);
	toy_start(2, mixed);
	engine_begin(engine);
	digest = check_digest(engine);
	for (unsigned i = 0; i < 5; i++) {
		toy_run_out();
		engine_begin(engine);
		cr_assert(eq(u64, check_digest(engine), digest));
		cr_assert(eq(sz, engine->depth, 0));
	}
}

/* Walks at random, then goes back at random and by other ways, again and again:
 * the same steps always lead to the same state. */
static void rewind_at_random(bool marks)
{
	static uint64_t digests[DEPTH_MAX];

	engine->no_marks = !marks;
	srand(1);
	for (unsigned i = 0; i < 300; i++) {
		size_t back;

		if (i % 50 == 0)
			engine_begin(engine);
		digests[engine->depth] = check_digest(engine);
		while (!engine->ended) {
			engine_step(engine,
				    engine->choices[(uint32_t)rand() %
						    engine->choice_count]);
			cr_assert(lt(sz, engine->depth, DEPTH_MAX));
			digests[engine->depth] = check_digest(engine);
		}
		back = (size_t)rand() % engine->depth;
		engine_rewind(engine, back);
		cr_assert(eq(sz, engine->depth, back));
		cr_assert(eq(uint, toy.shared->length, (uint32_t)back));
		cr_assert(eq(u64, check_digest(engine), digests[back]));
		cr_assert(not(engine->diverged));
	}
}

Test(engine, rewinding_restores_the_state)
{
	toy_start(3, mixed);
	rewind_at_random(true);
}

Test(engine, rewinding_restores_the_state_from_the_base_alone)
{
	toy_start(3, mixed);
	rewind_at_random(false);
}

Test(engine, rewinding_restores_what_came_before_the_first_choice)
{
	toy_begin_with(print_first);
	toy_start(2, mixed);
	engine_begin(engine);
	cr_assert(eq(uint, engine->choice_count, 1));
	rewind_at_random(true);
}

ON_FIBER static void read_or_write(unsigned number)
{
	int local;

	if (number == 2) {
		toy_write(&toy.memory->x, 1);
		return;
	}
	local = toy_read(&toy.memory->x);
	toy_write(&toy.memory->y, local);
}

/* What thread 1 has read is in its frame only. */
Test(engine, digest_sees_what_lies_on_stacks)
{
	uint64_t digest;

	toy_start(2, read_or_write);
	engine_begin(engine);
	toy_step(1);
	toy_step(2);
	digest = engine_digest(engine);
	cr_assert(eq(u64, engine_digest(engine), digest));
	engine_begin(engine);
	toy_step(2);
	toy_step(1);
	cr_assert(ne(u64, engine_digest(engine), digest));
}

Test(engine, choices_after_a_rewind_are_the_same)
{
	struct choice choices[8];
	uint32_t count;

	toy_start(3, mixed);
	engine_begin(engine);
	for (unsigned i = 0; i < 7; i++)
		engine_step(engine, engine->choices[engine->choice_count - 1]);
	count = engine->choice_count;
	memcpy(choices, engine->choices, count * sizeof(*choices));
	toy_run_out();
	engine_rewind(engine, 7);
	cr_assert(eq(uint, engine->choice_count, count));
	for (uint32_t i = 0; i < count; i++)
		cr_assert(
			eq(uint, engine->choices[i].thread, choices[i].thread));
}

Test(engine, transitions_count_new_steps_only)
{
	toy_start(2, toy_increment);
	engine_begin(engine);
	toy_run_out();
	cr_assert(eq(u64, engine->transitions, engine->depth));
	engine_rewind(engine, 2);
	cr_assert(eq(u64, engine->transitions, 5));
	toy_run_out();
	cr_assert(eq(u64, engine->transitions, 8));
	cr_assert(eq(u64, engine->steps, 10));
}

Test(engine, follows_a_schedule)
{
	const struct choice schedule[] = {{1, 0}, {2, 0}, {2, 0}, {1, 0}};

	toy_start(2, toy_increment);
	cr_assert(engine_follow(engine, schedule, 4));
	cr_assert(eq(sz, engine->depth, 4));
	cr_assert(eq(int, value_of_x(), 1));
}

Test(engine, tells_where_a_schedule_cannot_be_followed)
{
	const struct choice schedule[] = {{1, 0}, {1, 0}, {1, 0}};
	const struct choice alternative[] = {{1, 1}};
	const struct choice nobody[] = {{9, 0}};

	toy_start(2, toy_increment);
	cr_assert(not(engine_follow(engine, schedule, 3)));
	cr_assert(eq(sz, engine->depth, 2));
	cr_assert(not(engine_follow(engine, alternative, 1)));
	cr_assert(not(engine_follow(engine, nobody, 1)));
}

Test(engine, runs_one_thread_for_a_while)
{
	toy_start(2, toy_increment);
	engine_begin(engine);
	cr_assert(eq(u64, engine_run_thread(engine, 2, 1), 1));
	cr_assert(eq(u64, engine_run_thread(engine, 2, 100), 1));
	cr_assert(eq(u64, engine_run_thread(engine, 2, 100), 0));
	cr_assert(eq(int, value_of_x(), 1));
}

Test(engine, ends_executions_that_are_too_long)
{
	toy_start(2, toy_increment);
	engine->steps_max = 3;
	engine_begin(engine);
	toy_run_out();
	cr_assert(eq(sz, engine->depth, 3));
	cr_assert(eq(int, engine->ending.kind, END_LIMIT));
	engine_finish(engine);
	cr_assert(eq(u64, engine->cut, 1));
	cr_assert(eq(uint, engine->incomplete_because, REASON_LIMIT));
}

/* Threads that go on by themselves do what the engine would have them do. */
static bool pick_at_random(void *context, struct engine *driven,
			   struct choice *ret_choice)
{
	const size_t *until = context;

	*ret_choice = driven->choices[(uint32_t)rand() % driven->choice_count];
	return driven->depth < *until;
}

Test(engine, driving_is_stepping)
{
	size_t until = DEPTH_MAX;

	toy_start(3, mixed);
	for (unsigned seed = 0; seed < 100; seed++) {
		struct choice schedule[DEPTH_MAX];
		uint64_t digest;
		size_t length;

		srand(seed);
		engine_begin(engine);
		engine_drive(engine, pick_at_random, &until);
		cr_assert(engine->ended);
		digest = check_digest(engine);
		length = engine->depth;
		memcpy(schedule, engine->schedule, length * sizeof(*schedule));
		cr_assert(engine_follow(engine, schedule, length));
		cr_assert(engine->ended);
		cr_assert(eq(u64, check_digest(engine), digest));
	}
}

Test(engine, driving_stops_when_told)
{
	size_t until = 5;

	toy_start(3, mixed);
	engine_begin(engine);
	engine_drive(engine, pick_at_random, &until);
	cr_assert(eq(sz, engine->depth, 5));
	cr_assert(not(engine->ended));
	cr_assert(gt(uint, engine->choice_count, 0));
	until = DEPTH_MAX;
	engine_drive(engine, pick_at_random, &until);
	cr_assert(engine->ended);
}

/* --- Preemptions */

ON_FIBER static void write_yield_write(unsigned number)
{
	(void)number;
	toy_write(&toy.memory->x, 1);
	thread_yield(&toy.runtime);
	toy_write(&toy.memory->x, 2);
	toy_write(&toy.memory->x, 3);
}

static bool preempts(uint16_t thread)
{
	return engine_is_preemption(engine, (struct choice){thread, 0});
}

Test(engine, leaving_a_thread_that_could_go_on_is_a_preemption)
{
	toy_start(2, toy_increment);
	engine_begin(engine);
	cr_assert(not(preempts(1)));
	cr_assert(not(preempts(2)));
	toy_step(2);
	cr_assert(preempts(1));
	cr_assert(not(preempts(2)));
	toy_step(2);
	cr_assert(not(preempts(1)));
}

Test(engine, leaving_a_thread_after_its_yield_is_none)
{
	toy_start(2, write_yield_write);
	engine_begin(engine);
	toy_step(1);
	cr_assert(not(preempts(2)));
	/* A yield counts until the next operation. */
	toy_step(1);
	cr_assert(preempts(2));
}

ON_FIBER static void lock_write(unsigned number)
{
	toy_lock(0);
	toy_write(&toy.memory->x, (int)number);
	toy_unlock(0);
}

Test(engine, leaving_a_blocked_thread_is_none)
{
	toy_start(2, lock_write);
	engine_begin(engine);
	toy_step(1);
	cr_assert(eq(uint, engine->choice_count, 1));
	toy_step(1);
	toy_step(1);
	cr_assert(eq(uint, engine->choices[0].thread, 2));
	cr_assert(not(preempts(2)));
}

/* --- Findings */

static const struct finding_entry *only_finding(enum finding_kind kind)
{
	const struct finding_entry *found = NULL;

	for (size_t i = 0; i < engine->findings.count; i++) {
		if (engine->findings.at[i].kind != kind)
			continue;
		cr_assert(eq(ptr, (void *)found, NULL), "more than one");
		found = &engine->findings.at[i];
	}
	cr_assert(ne(ptr, (void *)found, NULL), "none");
	return found;
}

Test(engine, pending_accesses_race)
{
	toy_start(2, toy_increment);
	engine_begin(engine);
	/* Both are about to read. */
	cr_assert(eq(sz, engine->findings.count, 0));
	toy_step(1);
	cr_assert(eq(uint, only_finding(FINDING_DATA_RACE)->part_count, 2));
	toy_step(2);
	cr_assert(eq(sz, engine->findings.count, 2));
}

Test(engine, accesses_under_a_lock_do_not)
{
	toy_start(2, lock_write);
	engine_begin(engine);
	toy_run_out();
	cr_assert(eq(sz, engine->findings.count, 0));
}

ON_FIBER static void two_locks(unsigned number)
{
	toy_lock(number == 1);
	toy_lock(number != 1);
	toy_unlock(number != 1);
	toy_unlock(number == 1);
}

Test(engine, a_cycle_of_owners_is_a_deadlock)
{
	toy_start(2, two_locks);
	engine_begin(engine);
	toy_step(1);
	toy_step(2);
	cr_assert(engine->ended);
	cr_assert(eq(int, engine->ending.kind, END_DEADLOCK));
	only_finding(FINDING_DEADLOCK);
	engine_finish(engine);
	cr_assert(eq(u64, only_finding(FINDING_DEADLOCK)->count, 1));
}

Test(engine, going_back_before_a_finding_takes_it_back)
{
	toy_start(2, two_locks);
	engine_begin(engine);
	toy_step(1);
	toy_step(2);
	engine_finish(engine);
	engine_rewind(engine, 1);
	cr_assert(not(engine->ended));
	toy_step(1);
	toy_run_out();
	engine_finish(engine);
	cr_assert(eq(int, engine->ending.kind, END_EXIT));
	cr_assert(eq(u64, only_finding(FINDING_DEADLOCK)->count, 1));
}

Test(engine, findings_before_the_place_gone_back_to_are_kept)
{
	toy_start(2, toy_increment);
	engine->epochs.off = true; /* of pending operations alone */
	engine_begin(engine);
	toy_step(1); /* here T1's write and T2's read race */
	toy_run_out();
	engine_finish(engine);
	engine_rewind(engine, 1);
	toy_step(1);
	toy_run_out();
	engine_finish(engine);
	cr_assert(eq(u64, only_finding(FINDING_DATA_RACE)->count, 2));
}

ON_FIBER static void write_y_then_x(unsigned number)
{
	toy_write(&toy.memory->y, (int)number);
	toy_write(&toy.memory->x, (int)number);
}

/* With x alone visible its race is there from the start; once y is visible too
 * it is not. */
Test(engine, a_new_round_forgets_what_was_seen_at_the_start)
{
	toy_start(2, write_y_then_x);
	engine->epochs.off = true;
	visible_clear(&toy.runtime.visible);
	visible_add_range(&toy.runtime.visible, (uintptr_t)&toy.memory->x, 4);
	engine_begin(engine);
	cr_assert(eq(sz, engine->findings.path_count, 1));
	visible_add_range(&toy.runtime.visible, (uintptr_t)&toy.memory->y, 4);
	engine_new_round(engine);
	findings_reset_counts(&engine->findings);
	engine_begin(engine);
	toy_step(1);
	toy_step(1);
	toy_run_out();
	engine_finish(engine);
	for (size_t i = 0; i < engine->findings.count; i++) {
		const struct finding_entry *entry = &engine->findings.at[i];
		bool of_x = entry->parts[0].operation.address ==
				    (uintptr_t)&toy.memory->x &&
			    entry->parts[1].operation.address ==
				    (uintptr_t)&toy.memory->x;

		if (of_x)
			cr_assert(eq(u64, entry->count, 0));
	}
}

/* --- Fatal schedules */

Test(engine, a_schedule_that_killed_is_cut_at_its_last_step)
{
	struct choice steps[] = {{1, 0}, {2, 0}};
	struct fatal fatal = {.schedule = {.at = steps, .length = 2},
			      .end = END_CRASH,
			      .status = 11};

	toy_start(2, toy_increment);
	engine->fatal = &fatal;
	engine->fatal_count = 1;
	engine_begin(engine);
	toy_step(1);
	toy_step(1);
	cr_assert(not(engine->ended));
	engine_rewind(engine, 1);
	toy_step(2);
	cr_assert(engine->ended);
	cr_assert(eq(int, engine->ending.kind, END_CRASH));
	cr_assert(eq(int, engine->ending.status, 11));
	/* The step was not made. */
	cr_assert(eq(uint, toy.runtime.state.threads[2].index, 0));
}
