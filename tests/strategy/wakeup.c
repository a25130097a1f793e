/*
 * explorer/strategy/wakeup.c
 *
 * Events are written as text: a letter for the thread (from a on), one for what
 * it does (r and w: read and write a variable, l: lock), a digit for the
 * variable or lock, and perhaps a digit for the alternative: "aw0", "bl1",
 * "cr02". Trees as in wakeup.h: "aw0(br0) cw0(aw0 dr1)".
 */
#include "strategy/wakeup.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct wake wake_of(const char *text)
{
	const enum op op = text[1] == 'r'   ? OP_READ
			   : text[1] == 'w' ? OP_WRITE
					    : OP_MUTEX_LOCK;

	return (struct wake){
		.operation = {.op = (uint8_t)op,
			      .address = 64 * (uintptr_t)(text[2] - '0' + 1),
			      .bytes = op == OP_MUTEX_LOCK ? 0 : 4},
		.slot = (uint32_t)(text[0] - 'a'),
		.alternative = text[3] >= '0' && text[3] <= '9'
				       ? (uint32_t)(text[3] - '0')
				       : 0,
	};
}

/* Events separated by spaces. */
static struct wakes list_of(const char *text)
{
	struct wakes list = {0};

	for (; *text != '\0'; text += strspn(text, " ")) {
		const struct wake wake = wake_of(text);

		wakes_add(&list, &wake);
		text += strcspn(text, " ");
	}
	return list;
}

static void print_wake(FILE *stream, const struct wake *wake)
{
	const char *letter = wake->operation.op == OP_READ    ? "r"
			     : wake->operation.op == OP_WRITE ? "w"
							      : "l";

	fprintf(stream, "%c%s%lu", 'a' + (int)wake->slot, letter,
		(unsigned long)wake->operation.address / 64 - 1);
	if (wake->alternative > 0)
		fprintf(stream, "%u", wake->alternative);
}

struct printer {
	FILE *stream;
	uint32_t depth;
	bool begun;
};

static void print_branch(void *context, const struct wake *wake, uint32_t depth)
{
	struct printer *printer = context;

	if (depth > printer->depth)
		fputc('(', printer->stream);
	for (; printer->depth > depth; printer->depth--)
		fputc(')', printer->stream);
	printer->depth = depth;
	if (printer->begun)
		fputc(' ', printer->stream);
	printer->begun = true;
	print_wake(printer->stream, wake);
}

static void expect_tree(const struct wakeup_forest *forest, wakeup_tree tree,
			const char *expected)
{
	struct printer printer = {0};
	char *text = NULL;
	size_t length = 0;
	char *dense;
	size_t kept = 0;

	printer.stream = open_memstream(&text, &length);
	forest_walk(forest, tree, 0, &printer, print_branch);
	for (; printer.depth > 0; printer.depth--)
		fputc(')', printer.stream);
	fclose(printer.stream);
	/* "( a" as "(a" */
	dense = malloc(length + 1);
	for (size_t i = 0; i < length; i++)
		if (text[i] != ' ' || i == 0 || text[i - 1] != '(')
			dense[kept++] = text[i];
	dense[kept] = '\0';
	cr_assert(eq(str, dense, (char *)(uintptr_t)expected));
	free(dense);
	free(text);
}

static bool begins_with(const char *list, const char *wake)
{
	struct wakes wakes = list_of(list);
	const struct wake first = wake_of(wake);
	const bool answer = wakes_begin_with(&wakes, &first);

	wakes_fini(&wakes);
	return answer;
}

static void insert(struct wakeup_forest *forest, wakeup_tree *tree,
		   const char *text)
{
	struct wakes list = list_of(text);

	forest_insert(forest, tree, &list);
	wakes_fini(&list);
}

static void insert_first(struct wakeup_forest *forest, wakeup_tree *tree,
			 const char *text)
{
	struct wakes list = list_of(text);

	forest_insert_first(forest, tree, &list);
	wakes_fini(&list);
}

/* --- Lists */

Test(wakes, of_one_thread_are_dependent)
{
	const struct wake a = wake_of("ar0");
	const struct wake other = wake_of("ar1");

	cr_assert(wakes_are_dependent(&a, &other));
}

Test(wakes, of_two_threads_are_dependent_if_they_conflict)
{
	const struct wake write = wake_of("aw0");
	const struct wake read = wake_of("br0");
	const struct wake elsewhere = wake_of("bw1");
	const struct wake read_again = wake_of("cr0");

	cr_assert(wakes_are_dependent(&write, &read));
	cr_assert(wakes_are_dependent(&read, &write));
	cr_assert(not(wakes_are_dependent(&write, &elsewhere)));
	cr_assert(not(wakes_are_dependent(&read, &read_again)));
}

Test(wakes, begin_with_what_stands_first)
{
	cr_assert(begins_with("aw0 bw0", "aw0"));
	cr_assert(not(begins_with("aw0 bw0", "bw0")));
}

Test(wakes, begin_with_what_depends_on_nothing_before_it)
{
	cr_assert(begins_with("aw0 bw1", "bw1"));
	cr_assert(begins_with("ar0 br0", "br0"));
	cr_assert(not(begins_with("aw0 bw1 cr0", "cr0")));
}

Test(wakes, begin_with_what_depends_on_nothing_there)
{
	cr_assert(begins_with("aw0 bw1", "cw2"));
	cr_assert(begins_with("ar0", "cr0"));
	cr_assert(not(begins_with("aw0 bw1", "cr1")));
	cr_assert(begins_with("", "aw0"));
}

Test(wakes, begin_with_one_of_several_results_only)
{
	cr_assert(begins_with("aw01", "aw01"));
	cr_assert(not(begins_with("aw01", "aw02")));
	cr_assert(not(begins_with("aw01", "aw0")));
}

/* What a thread does behind its first event there is no start. */
Test(wakes, are_looked_through_up_to_the_threads_first_event)
{
	cr_assert(begins_with("bw1 aw0 cw0 aw1", "aw0"));
	cr_assert(not(begins_with("bw0 aw0", "aw0")));
}

/* --- Trees */

Test(wakeup, an_empty_tree_takes_the_whole_list)
{
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 0;

	insert(&forest, &tree, "aw0 bw0 cw0");
	expect_tree(&forest, tree, "aw0(bw0(cw0))");
	forest_fini(&forest);
}

Test(wakeup, another_order_is_another_branch)
{
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 0;

	insert(&forest, &tree, "aw0 bw0");
	insert(&forest, &tree, "bw0 aw0");
	insert(&forest, &tree, "cw0");
	expect_tree(&forest, tree, "aw0(bw0) bw0(aw0) cw0");
	forest_fini(&forest);
}

Test(wakeup, what_fits_a_branch_goes_down_it)
{
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 0;

	insert(&forest, &tree, "aw0 bw0 dw0");
	/* a's step comes first in both; then c instead of b. */
	insert(&forest, &tree, "aw0 cw0");
	expect_tree(&forest, tree, "aw0(bw0(dw0) cw0)");
	forest_fini(&forest);
}

Test(wakeup, of_a_list_may_be_noted_the_first_event_alone)
{
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 0;

	insert_first(&forest, &tree, "aw0 bw0");
	insert_first(&forest, &tree, "bw0 aw0");
	/* It may begin with a's step, which is there. */
	insert_first(&forest, &tree, "cw1 aw0");
	expect_tree(&forest, tree, "aw0 bw0");
	forest_fini(&forest);
}

/* b's step depends on nothing in the list, so it may come first in it. */
Test(wakeup, a_branch_that_is_not_in_the_list_may_fit)
{
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 0;

	insert(&forest, &tree, "bw1 aw0 cw0");
	insert(&forest, &tree, "dw0 aw0");
	expect_tree(&forest, tree, "bw1(aw0(cw0) dw0(aw0))");
	forest_fini(&forest);
}

Test(wakeup, the_first_branch_that_fits_is_taken)
{
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 0;

	insert(&forest, &tree, "aw0 bw0");
	insert(&forest, &tree, "bw0 aw0");
	/* It could begin with either's reading elsewhere: with neither; c's
	 * fits both, and goes behind the first. */
	insert(&forest, &tree, "cw1 aw0 dw0");
	expect_tree(&forest, tree, "aw0(bw0 cw1(dw0)) bw0(aw0)");
	forest_fini(&forest);
}

/* A leaf is explored freely from there: all that begins with it. */
Test(wakeup, what_leads_to_a_leaf_is_there_already)
{
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 0;

	insert(&forest, &tree, "aw0 bw0");
	insert(&forest, &tree, "aw0 bw0 cw0");
	insert(&forest, &tree, "cw1 aw0 bw0");
	expect_tree(&forest, tree, "aw0(bw0)");
	forest_fini(&forest);
}

Test(wakeup, what_ends_inside_the_tree_is_there_already)
{
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 0;

	insert(&forest, &tree, "aw0 bw0 cw0");
	insert(&forest, &tree, "aw0");
	expect_tree(&forest, tree, "aw0(bw0(cw0))");
	forest_fini(&forest);
}

Test(wakeup, results_are_branches_of_their_own)
{
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 0;
	const struct wake third = wake_of("al02");
	const struct wake fourth = wake_of("al03");

	insert(&forest, &tree, "al01");
	forest_add_leaf(&forest, &tree, &third);
	expect_tree(&forest, tree, "al01 al02");
	cr_assert(forest_has(&forest, tree, &third));
	cr_assert(not(forest_has(&forest, tree, &fourth)));
	insert(&forest, &tree, "al03 bl0");
	expect_tree(&forest, tree, "al01 al02 al03(bl0)");
	forest_fini(&forest);
}

Test(wakeup, has_asks_about_the_first_events)
{
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 0;
	const struct wake behind = wake_of("bw0");

	insert(&forest, &tree, "aw0 bw0");
	cr_assert(not(forest_has(&forest, tree, &behind)));
	forest_fini(&forest);
}

Test(wakeup, the_first_branch_is_taken_with_what_is_behind_it)
{
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 0;
	wakeup_tree behind;
	struct wake taken;

	insert(&forest, &tree, "aw0 bw0");
	insert(&forest, &tree, "aw0 cw0");
	insert(&forest, &tree, "dw0");
	behind = forest_take(&forest, &tree, &taken);
	cr_assert(eq(uint, taken.slot, 0));
	expect_tree(&forest, behind, "bw0 cw0");
	expect_tree(&forest, tree, "dw0");
	behind = forest_take(&forest, &tree, &taken);
	cr_assert(eq(uint, taken.slot, 3));
	cr_assert(zero(uint, behind));
	cr_assert(zero(uint, tree));
	forest_fini(&forest);
}

/* Trees come and go for as long as a search runs. */
Test(wakeup, what_is_given_back_is_used_again)
{
	struct wakeup_forest forest = {0};
	wakeup_tree kept = 0;
	size_t count = 0;

	insert(&forest, &kept, "dw0 aw0");
	for (unsigned i = 0; i < 100; i++) {
		wakeup_tree tree = 0;

		insert(&forest, &tree, "aw0 bw0 cw0");
		insert(&forest, &tree, "aw0 cw0");
		insert(&forest, &tree, "cw0");
		expect_tree(&forest, tree, "aw0(bw0(cw0) cw0) cw0");
		forest_drop(&forest, tree);
		cr_assert(i == 0 || forest.count == count);
		count = forest.count;
	}
	expect_tree(&forest, kept, "dw0(aw0)");
	forest_fini(&forest);
}

/* --- Saving */

static void put_branch(void *context, const struct wake *wake, uint32_t depth)
{
	buffer_put_u32(context, depth);
	buffer_put(context, wake, sizeof(*wake));
}

static void load(const struct buffer *saved, uint64_t branches,
		 struct wakeup_forest *forest, wakeup_tree *ret_tree,
		 struct reader *reader)
{
	*reader = reader_of(saved->data, saved->length);
	forest_load(forest, ret_tree, branches, reader);
}

Test(wakeup, saved_is_loaded_the_same)
{
	struct wakeup_forest forest = {0};
	struct wakeup_forest other = {0};
	wakeup_tree tree = 0;
	wakeup_tree again = 0;
	struct buffer saved = {0};
	struct reader reader;

	insert(&forest, &tree, "aw0 bw0 cw0");
	insert(&forest, &tree, "aw0 cw0");
	insert(&forest, &tree, "bw01 aw0");
	insert(&forest, &tree, "bw0");
	forest_walk(&forest, tree, 0, &saved, put_branch);
	load(&saved, 7, &other, &again, &reader);
	cr_assert(not(reader.failed));
	cr_assert(eq(ptr, (void *)(uintptr_t)reader.next,
		     (void *)(uintptr_t)reader.end));
	expect_tree(&other, again, "aw0(bw0(cw0) cw0) bw01(aw0) bw0");
	buffer_fini(&saved);
	forest_fini(&forest);
	forest_fini(&other);
}

Test(wakeup, an_empty_tree_is_loaded_from_nothing)
{
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 5;
	struct buffer saved = {0};
	struct reader reader;

	load(&saved, 0, &forest, &tree, &reader);
	cr_assert(not(reader.failed));
	cr_assert(zero(uint, tree));
}

static void expect_refused(const uint32_t *depths, uint64_t count,
			   uint64_t claimed)
{
	const struct wake wake = wake_of("aw0");
	struct wakeup_forest forest = {0};
	wakeup_tree tree = 0;
	struct buffer saved = {0};
	struct reader reader;

	for (uint64_t i = 0; i < count; i++)
		put_branch(&saved, &wake, depths[i]);
	load(&saved, claimed, &forest, &tree, &reader);
	cr_assert(reader.failed);
	buffer_fini(&saved);
	forest_fini(&forest);
}

Test(wakeup, a_malformed_save_is_refused)
{
	/* Behind nothing; behind a branch that was not read; too short. */
	expect_refused((uint32_t[]){1}, 1, 1);
	expect_refused((uint32_t[]){0, 2}, 2, 2);
	expect_refused((uint32_t[]){0, 0, 2}, 3, 3);
	expect_refused((uint32_t[]){0, 1, 0, 2}, 4, 4);
	expect_refused((uint32_t[]){0, 1}, 2, 3);
	expect_refused((uint32_t[]){0}, 1, UINT64_MAX);
}
