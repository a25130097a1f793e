/*
 * explorer/engine/history.c
 */
#include "engine/history.h"

#include "engine/engine.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#define X ((uintptr_t)8000)
#define Y ((uintptr_t)8004)

static struct visible visible;
static struct history history;
static uint64_t step;

static void set_up(void)
{
	visible_init(&visible);
	visible_add_range(&visible, X, 64);
	history_begin(&history, &visible);
	step = 0;
}

TestSuite(history, .init = set_up);

static struct verdict_of_access
add_performed(uint32_t thread, const struct operation *operation, bool failed)
{
	const struct performed performed = {.operation = *operation,
					    .choice = choice_of(thread, 0),
					    .failed = failed};

	return history_add(&history, &performed, step++);
}

/* As the runtime announces it: with the granule's number where there is one. */
static struct operation operation_on(enum op op, uintptr_t address,
				     uint64_t bytes)
{
	struct operation operation = {
		.op = (uint8_t)op, .address = address, .bytes = bytes};

	if (address % 8 + bytes <= 8)
		operation.detail =
			(int32_t)visible_number(&visible, address / 8) + 1;
	return operation;
}

static struct verdict_of_access add(uint32_t thread, enum op op,
				    uintptr_t address, uint64_t bytes)
{
	struct operation operation = operation_on(op, address, bytes);

	return add_performed(thread, &operation, false);
}

static uint64_t read_by(uint32_t thread, uintptr_t address)
{
	return add(thread, OP_READ, address, 4).reads_from;
}

static bool write_loses(uint32_t thread, uintptr_t address)
{
	return add(thread, OP_WRITE, address, 4).lost_update;
}

Test(history, a_read_sees_the_last_write)
{
	cr_assert(eq(u64, read_by(1, X), EVENT_NONE)); /* step 0 */
	write_loses(1, X);			       /* 1 */
	write_loses(2, X);			       /* 2 */
	cr_assert(eq(u64, read_by(1, X), 2));
	cr_assert(eq(u64, read_by(2, X), 2));
	cr_assert(eq(u64, read_by(1, Y), EVENT_NONE));
}

Test(history, a_write_over_an_unseen_write_loses_it)
{
	read_by(1, X);
	read_by(2, X);
	cr_assert(not(write_loses(1, X)));
	cr_assert(write_loses(2, X));
}

Test(history, a_write_over_a_seen_write_does_not)
{
	read_by(1, X);
	cr_assert(not(write_loses(2, X)));
	read_by(1, X);
	cr_assert(not(write_loses(1, X)));
}

/* It cannot have meant to update what it never read. */
Test(history, a_write_without_a_read_loses_nothing)
{
	write_loses(1, X);
	cr_assert(not(write_loses(2, X)));
	cr_assert(not(write_loses(1, X)));
}

Test(history, ones_own_writes_are_seen)
{
	read_by(1, X);
	write_loses(1, X);
	cr_assert(not(write_loses(1, X)));
}

Test(history, every_write_since_the_last_read_loses)
{
	read_by(1, X);
	write_loses(2, X);
	cr_assert(write_loses(1, X));
	cr_assert(write_loses(1, X));
	read_by(1, X);
	cr_assert(not(write_loses(1, X)));
}

Test(history, variables_are_apart)
{
	read_by(1, X);
	write_loses(2, Y);
	cr_assert(not(write_loses(1, X)));
	read_by(1, Y);
	write_loses(2, X);
	cr_assert(not(write_loses(1, Y)));
}

Test(history, atomic_updates_lose_nothing)
{
	read_by(1, X);
	write_loses(2, X);
	cr_assert(not(add(1, OP_ATOMIC_UPDATE, X, 4).lost_update));
	/* And have read what they changed. */
	cr_assert(not(write_loses(1, X)));
}

Test(history, an_atomic_update_is_lost_to_a_plain_write)
{
	read_by(1, X);
	cr_assert(
		eq(u64, add(2, OP_ATOMIC_UPDATE, X, 4).reads_from, EVENT_NONE));
	cr_assert(write_loses(1, X));
	cr_assert(eq(u64, add(2, OP_ATOMIC_UPDATE, X, 4).reads_from, 2));
}

Test(history, accesses_of_different_sizes_meet_in_their_bytes)
{
	read_by(1, X);
	add(2, OP_WRITE, X + 2, 1);
	cr_assert(write_loses(1, X));
	read_by(1, X);
	add(2, OP_WRITE, X, 8);
	cr_assert(eq(u64, add(1, OP_READ, X + 3, 1).reads_from, 4));
	/* Byte 3 has been read again, byte 2 has not. */
	cr_assert(not(add(1, OP_WRITE, X + 3, 1).lost_update));
	cr_assert(add(1, OP_WRITE, X + 2, 1).lost_update);
}

Test(history, accesses_may_span_granules)
{
	add(1, OP_READ, X + 4, 8);
	add(2, OP_WRITE, X + 8, 1);
	cr_assert(add(1, OP_WRITE, X + 4, 8).lost_update);
	cr_assert(eq(u64, add(2, OP_READ, X, 32).reads_from, EVENT_NONE));
	cr_assert(eq(u64, add(2, OP_READ, X + 4, 32).reads_from, 2));
}

Test(history, a_copy_reads_its_source_and_writes_its_destination)
{
	const struct operation copy = {
		.op = OP_COPY, .address = X + 16, .source = X, .bytes = 8};

	write_loses(2, X); /* step 0 */
	cr_assert(eq(u64, add_performed(1, &copy, false).reads_from, 0));
	/* It has read the source ... */
	write_loses(2, X);
	cr_assert(write_loses(1, X));
	/* ... and is the last to have written the destination. */
	cr_assert(eq(u64, read_by(2, X + 16), 1));
	/* Thread 1 had read the destination before: an update lost. */
	read_by(1, X + 16);
	write_loses(2, X + 16);
	cr_assert(add_performed(1, &copy, false).lost_update);
}

Test(history, threads_of_any_number_are_told_apart)
{
	for (uint32_t thread = 0; thread < THREADS_MAX; thread += 31) {
		read_by(thread, X);
		cr_assert(not(write_loses(thread, X)));
	}
	for (uint32_t thread = 0; thread + 31 < THREADS_MAX; thread += 31)
		cr_assert(write_loses(thread, X), "%u", thread);
}

/* A thread seen late has not read what was written before it came. */
Test(history, late_threads_begin_fresh)
{
	read_by(1, X);
	write_loses(1, X);
	read_by(900, X);
	cr_assert(not(write_loses(900, X)));
	cr_assert(write_loses(1, X));
}

Test(history, nothing_is_kept_from_one_execution_to_the_next)
{
	read_by(1, X);
	write_loses(2, X);
	history_begin(&history, &visible);
	cr_assert(eq(u64, read_by(2, X), EVENT_NONE));
	cr_assert(not(write_loses(1, X)));
}

Test(history, private_memory_is_not_followed)
{
	cr_assert(
		eq(u64, add(1, OP_WRITE, X + 1000, 16).reads_from, EVENT_NONE));
	cr_assert(
		eq(u64, add(2, OP_READ, X + 1000, 16).reads_from, EVENT_NONE));
}

/* Blocks become visible when they are allocated. */
Test(history, memory_may_become_visible_on_the_way)
{
	visible_add_range(&visible, 100000, 8000);
	cr_assert(not(write_loses(1, 107996)));
	cr_assert(eq(u64, read_by(2, 107996), 0));
}

/* A compare-exchange that stored nothing has read. */
Test(history, a_failed_compare_exchange_is_a_load)
{
	struct operation compare = operation_on(OP_ATOMIC_COMPARE, X, 4);

	read_by(1, X);
	write_loses(2, X); /* step 1 */
	cr_assert(eq(u64, add_performed(3, &compare, true).reads_from, 1));
	cr_assert(eq(u64, read_by(2, X), 1));
	add_performed(1, &compare, true);
	cr_assert(not(write_loses(1, X)));
}

Test(history, tells_of_a_whole_execution_whether_it_loses)
{
	struct performed log[4] = {
		{.operation = operation_on(OP_READ, X, 4),
		 .choice = choice_of(1, 0)},
		{.operation = operation_on(OP_MUTEX_LOCK, X, 4),
		 .choice = choice_of(2, 0)},
		{.operation = operation_on(OP_WRITE, X, 4),
		 .choice = choice_of(2, 0)},
		{.operation = operation_on(OP_WRITE, X, 4),
		 .choice = choice_of(1, 0)},
	};

	cr_assert(not(history_loses_update(&history, log, 3)));
	history_begin(&history, &visible);
	cr_assert(history_loses_update(&history, log, 4));
}
