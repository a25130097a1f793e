/*
 * explorer/runtime/thread.c
 */
#include "runtime/thread.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>

#include "engine/toy.h"
#include "runtime/join.h"

static const struct runtime_state *state = &toy.runtime.state;

ON_FIBER static void *do_nothing(void *value)
{
	return value;
}

/* Creates a thread that returns `value`. */
ON_FIBER static void create_thread(pthread_t *ret_thread, void *value)
{
	thread_create(
		&toy.runtime, ret_thread,
		&(struct thread_plan){.start = do_nothing, .argument = value},
		0);
}

static int results[8];
static void *returned;

ON_FIBER static void join_and_detach(unsigned number)
{
	struct runtime *runtime = &toy.runtime;
	pthread_t thread;

	(void)number;
	create_thread(&thread, &returned);
	results[0] = join_wait(runtime, thread, &returned, 0);
	results[1] = join_wait(runtime, thread, NULL, 0);
	create_thread(&thread, NULL);
	results[2] = join_detach(runtime, thread, 0);
	results[3] = join_detach(runtime, thread, 0);
	results[4] = join_wait(runtime, thread, NULL, 0);
	results[5] =
		join_wait(runtime, thread_handle(runtime->current), NULL, 0);
	results[6] = join_wait(runtime, 12345, NULL, 0);
}

Test(thread, joining_and_detaching_answer)
{
	toy_start(1, join_and_detach);
	engine_begin(&toy.engine);
	cr_assert(eq(int, results[0], 0));
	cr_assert(eq(ptr, returned, &returned));
	cr_assert(eq(int, results[1], ESRCH));
	cr_assert(eq(int, results[2], 0));
	cr_assert(eq(int, results[3], EINVAL));
	cr_assert(eq(int, results[4], EINVAL));
	cr_assert(eq(int, results[5], EDEADLK));
	cr_assert(eq(int, results[6], ESRCH));
}

/* Each thread creates one; in which order they do is open. */
ON_FIBER static void create_one(unsigned number)
{
	pthread_t thread;

	toy_write(&toy.memory->x, (int)number);
	create_thread(&thread, (void *)(uintptr_t)number);
	toy_write(&toy.memory->y, (int)number);
}

static uint32_t slot_of_child(uint32_t creator)
{
	for (uint32_t i = 0; i < state->count; i++)
		if (i > 0 && state->threads[i].creator == creator)
			return state->threads[i].slot;
	return UINT32_MAX;
}

Test(thread, a_slot_follows_from_the_creator_not_from_the_order)
{
	uint32_t slots[2];

	toy_start(2, create_one);
	engine_begin(&toy.engine);
	toy_step(1);
	toy_step(2);
	slots[0] = slot_of_child(1);
	slots[1] = slot_of_child(2);
	cr_assert(ne(uint, slots[0], slots[1]));
	cr_assert(ge(uint, slots[0], LAYOUT_SLOTS_DIRECT));
	cr_assert(eq(uint, state->threads[3].creator, 1));
	engine_begin(&toy.engine);
	toy_step(2);
	toy_step(1);
	cr_assert(eq(uint, state->threads[3].creator, 2));
	cr_assert(eq(uint, slot_of_child(1), slots[0]));
	cr_assert(eq(uint, slot_of_child(2), slots[1]));
}

/* A thread whose number is not the same in every execution. */
ON_FIBER static void create_many(unsigned number)
{
	pthread_t thread;

	for (int i = 0; i < 500; i++) {
		create_thread(&thread, NULL);
		join_wait(&toy.runtime, thread, NULL, 0);
	}
	toy_write(&toy.memory->x, (int)number);
}

Test(thread, too_many_in_one_execution_are_refused)
{
	toy_start(3, create_many);
	engine_begin(&toy.engine);
	toy_run_out();
	cr_assert(ne(ptr, (void *)toy.runtime.unsupported, NULL));
	cr_assert(toy.engine.stopped);
}

/* Other executions, other creators: the slots of all of them are kept. */
ON_FIBER static void create_for_another(unsigned number)
{
	toy.runtime.current->slot = 1 + (uint32_t)toy_read(&toy.memory->x);
	create_many(number);
}

Test(thread, too_many_in_all_executions_are_refused)
{
	toy_start(1, create_for_another);
	for (int execution = 0; execution < 8; execution++) {
		engine_begin(&toy.engine);
		toy.memory->x = execution;
		toy_run_out();
		if (toy.runtime.unsupported)
			break;
	}
	cr_assert(ne(ptr, (void *)toy.runtime.unsupported, NULL));
}

ON_FIBER static void yield_between(unsigned number)
{
	toy_write(&toy.memory->x, (int)number);
	thread_yield(&toy.runtime);
	toy_write(&toy.memory->x, (int)number);
}

Test(thread, a_yield_holds_until_the_next_operation)
{
	toy_start(1, yield_between);
	engine_begin(&toy.engine);
	cr_assert(not(state->threads[1].yielded));
	toy_step(1);
	cr_assert(state->threads[1].yielded);
	toy_step(1);
	cr_assert(not(state->threads[1].yielded));
}

Test(thread, live_threads_are_those_that_have_not_ended)
{
	toy_start(3, toy_increment);
	engine_begin(&toy.engine);
	cr_assert(eq(uint, state->alive, 4));
	toy_step(2);
	toy_step(2);
	cr_assert(eq(uint, state->alive, 3));
	cr_assert(eq(uint, state->live[0], 0));
	cr_assert(eq(uint, state->live[1], 1));
	cr_assert(eq(uint, state->live[2], 3));
	cr_assert(eq(uint, state->threads[2].state, THREAD_ENDED));
}
