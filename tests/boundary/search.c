/*
 * Searches through the program's own boundary: cut off anywhere and resumed in
 * another process they end as if they had been left alone.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "boundary/dialog.h"
#include "channel/job_message.h"
#include "channel/report_message.h"
#include "support/built.h"
#include "support/explorer.h"

/* Two threads that count, print, lock and may deadlock; a block of the heap
 * that both write. */
#define SOURCE "tests/boundary/program/mixed.c"
/* As many interleavings as take longer than a checkpoint lets wait. */
#define SOURCE_LONG "tests/boundary/program/long.c"
/* A variable that is seen to be shared only in rare interleavings. */
#define SOURCE_ROUNDS "tests/boundary/program/rounds.c"

static const char *const watch_x[] = {"x", NULL};

static char *folder;
static char *executable;

static void build(const char *source)
{
	folder = scratch_folder("boundary");
	executable = built_by_explorer(source, folder, "program");
}

static void tear_down(void)
{
	scratch_remove(folder);
	free(executable);
}

/* What a search is judged by. */
static void expect_equal(const struct done *a, const struct done *b)
{
	cr_assert(eq(uint, a->incomplete_because, b->incomplete_because));
	cr_assert(eq(uint, a->rounds, b->rounds));
	cr_assert(eq(u64, a->executions, b->executions));
	cr_assert(eq(u64, a->blocked, b->blocked));
	cr_assert(eq(u64, a->cut, b->cut));
	cr_assert(eq(u64, a->transitions, b->transitions));
	cr_assert(eq(uint, a->outcome_count, b->outcome_count));
	for (uint32_t i = 0; i < a->outcome_count; i++) {
		cr_assert(eq(u64, a->outcomes[i].count, b->outcomes[i].count));
		cr_assert(eq(u64, a->outcomes[i].lost_updates,
			     b->outcomes[i].lost_updates));
	}
	cr_assert(eq(uint, a->finding_count, b->finding_count));
	for (uint32_t i = 0; i < a->finding_count; i++)
		cr_assert(eq(u64, a->findings[i].count, b->findings[i].count));
}

static void expect_same_bytes(const struct buffer *a, const struct buffer *b)
{
	cr_assert(eq(sz, a->length, b->length));
	cr_assert(zero(int, memcmp(a->data, b->data, a->length)));
}

/* A job in a process of its own. */
static void ask_alone(const char *strategy, uint32_t preemptions,
		      uint64_t max_executions, const struct heard *resume,
		      struct heard *ret_heard)
{
	struct dialog dialog;
	struct job job;

	dialog_open(executable, watch_x, &dialog);
	job = dialog_search(&dialog, strategy);
	job.preemptions = preemptions;
	job.max_executions = max_executions;
	if (resume)
		job_resume(&job, resume);
	dialog_ask(&dialog, &job, ret_heard);
	if (resume)
		visible_set_fini(&job.visible);
	dialog_close(&dialog);
}

/* A new process every `pace` executions. */
static void search_in_processes(const char *strategy, uint32_t preemptions,
				uint64_t pace, struct heard *ret_heard)
{
	struct heard last = {0};
	uint64_t limit = pace;

	ask_alone(strategy, preemptions, limit, NULL, &last);
	while (last.done.incomplete_because & REASON_LIMIT) {
		struct heard next;

		limit += pace;
		ask_alone(strategy, preemptions, limit, &last, &next);
		/* It says nothing new if nothing grows. */
		if (next.visible.length == 0)
			buffer_put(&next.visible, last.visible.data,
				   last.visible.length);
		heard_fini(&last);
		last = next;
	}
	*ret_heard = last;
}

static void expect_resumable(const char *strategy, uint32_t preemptions)
{
	struct heard whole;

	build(SOURCE);
	ask_alone(strategy, preemptions, 0, NULL, &whole);
	cr_assert(gt(u64, whole.done.executions, 20));
	cr_assert(gt(uint, whole.done.outcome_count, 2));
	cr_assert(gt(uint, whole.done.finding_count, 1));
	for (uint64_t parts = 1; parts <= 16; parts *= 4) {
		struct heard pieces;

		search_in_processes(strategy, preemptions,
				    whole.done.executions / parts + 1, &pieces);
		expect_equal(&pieces.done, &whole.done);
		heard_fini(&pieces);
	}
	heard_fini(&whole);
	tear_down();
}

Test(resumed_search, dfs_ends_the_same)
{
	expect_resumable("dfs", NO_BOUND);
}

Test(resumed_search, dfs_within_a_bound_ends_the_same)
{
	expect_resumable("dfs", 2);
}

Test(resumed_search, dpor_ends_the_same)
{
	expect_resumable("dpor", NO_BOUND);
}

Test(resumed_search, dpor_within_a_bound_ends_the_same)
{
	expect_resumable("dpor", 2);
}

Test(resumed_search, source_dpor_ends_the_same)
{
	expect_resumable("source-dpor", NO_BOUND);
}

Test(resumed_search, random_ends_the_same)
{
	expect_resumable("random", NO_BOUND);
}

/* Wherever it is hit: killed, what came after the checkpoint is made again. */
Test(resumed_search, goes_on_after_being_killed_or_stopped)
{
	struct heard whole;
	struct heard cut[2];
	struct dialog dialog;
	struct job job;

	build(SOURCE_LONG);
	ask_alone("dfs", NO_BOUND, 0, NULL, &whole);
	for (unsigned i = 0; i < 2; i++) {
		struct heard rest;

		dialog_open(executable, watch_x, &dialog);
		job = dialog_search(&dialog, "dfs");
		if (i == 0)
			dialog_ask_and_kill(&dialog, &job, &cut[i]);
		else
			dialog_ask_and_stop(&dialog, &job, &cut[i]);
		dialog_close(&dialog);
		ask_alone("dfs", NO_BOUND, 0, &cut[i], &rest);
		expect_equal(&rest.done, &whole.done);
		heard_fini(&rest);
	}
	cr_assert(eq(uint, cut[1].done.incomplete_because, REASON_LIMIT));
	cr_assert(lt(u64, cut[1].done.executions, whole.done.executions));
	heard_fini(&whole);
	heard_fini(&cut[0]);
	heard_fini(&cut[1]);
	tear_down();
}

/* --- One process, several jobs */

Test(boundary, a_process_searches_as_well_a_second_time)
{
	struct heard first;
	struct heard second;
	struct dialog dialog;
	struct job job;

	build(SOURCE);
	dialog_open(executable, watch_x, &dialog);
	job = dialog_search(&dialog, "dfs");
	dialog_ask(&dialog, &job, &first);
	dialog_ask(&dialog, &job, &second);
	expect_equal(&second.done, &first.done);
	cr_assert(eq(sz, second.outcome_count, first.outcome_count));
	for (size_t i = 0; i < first.outcome_count; i++)
		expect_same_bytes(&second.outcomes[i], &first.outcomes[i]);
	dialog_close(&dialog);
	heard_fini(&first);
	heard_fini(&second);
	tear_down();
}

Test(boundary, two_processes_search_alike)
{
	struct heard first;
	struct heard second;

	build(SOURCE);
	ask_alone("dfs", NO_BOUND, 0, NULL, &first);
	ask_alone("dfs", NO_BOUND, 0, NULL, &second);
	expect_same_bytes(&second.done_body, &first.done_body);
	expect_same_bytes(&second.visible, &first.visible);
	for (size_t i = 0; i < first.outcome_count; i++)
		expect_same_bytes(&second.outcomes[i], &first.outcomes[i]);
	for (size_t i = 0; i < first.finding_count; i++)
		expect_same_bytes(&second.findings[i], &first.findings[i]);
	heard_fini(&first);
	heard_fini(&second);
	tear_down();
}

static struct schedule schedule_of(const struct outcome_message *outcome)
{
	struct reader reader =
		reader_of(outcome->coded.bytes, outcome->coded.length);
	struct schedule schedule = {0};

	schedule_get(&reader, &schedule);
	cr_assert(not(reader.failed));
	return schedule;
}

/* Follows the schedule of each outcome of a search: in the process that
 * searched, twice, and in one that did not. */
Test(boundary, a_schedule_does_the_same_everywhere)
{
	struct heard searched;
	struct dialog one;
	struct dialog other;
	struct job job;
	struct visible_set visible;

	build(SOURCE);
	dialog_open(executable, watch_x, &one);
	dialog_open(executable, watch_x, &other);
	job = dialog_search(&one, "dfs");
	dialog_ask(&one, &job, &searched);
	visible = heard_visible(&searched);
	for (size_t i = 0; i < searched.outcome_count; i++) {
		struct outcome_message found = heard_outcome(&searched, i);
		struct schedule schedule = schedule_of(&found);
		struct heard heard[3];

		job = dialog_follow(&one, &schedule, &visible);
		dialog_ask(&one, &job, &heard[0]);
		dialog_ask(&one, &job, &heard[1]);
		dialog_ask(&other, &job, &heard[2]);
		for (unsigned j = 0; j < 3; j++) {
			struct outcome_message outcome;

			cr_assert(not(heard[j].done.diverged));
			cr_assert(eq(sz, heard[j].outcome_count, 1));
			cr_assert(eq(sz, heard[j].steps.length,
				     schedule.length * sizeof(struct event)));
			expect_same_bytes(&heard[j].steps, &heard[0].steps);
			expect_same_bytes(&heard[j].outcomes[0],
					  &heard[0].outcomes[0]);
			/* As the search saw it. */
			outcome = heard_outcome(&heard[j], 0);
			cr_assert(eq(uint, outcome.end, found.end));
			cr_assert(eq(int, outcome.status, found.status));
			cr_assert(eq(u64, outcome.output_digest,
				     found.output_digest));
			cr_assert(eq(int, outcome.lost_update,
				     found.lost_update));
			cr_assert(zero(int, memcmp(outcome.values[0],
						   found.values[0], 4)));
			outcome_message_fini(&outcome);
		}
		for (unsigned j = 0; j < 3; j++)
			heard_fini(&heard[j]);
		schedule_fini(&schedule);
		outcome_message_fini(&found);
	}
	visible_set_fini(&visible);
	dialog_close(&one);
	dialog_close(&other);
	heard_fini(&searched);
	tear_down();
}

Test(boundary, a_schedule_that_is_not_possible_diverges)
{
	struct choice steps[] = {{1, 0}, {7, 0}};
	struct schedule schedule = {.at = steps, .length = 2, .capacity = 2};
	struct heard searched;
	struct heard heard;
	struct dialog dialog;
	struct visible_set visible;
	struct job job;

	build(SOURCE);
	ask_alone("dfs", NO_BOUND, 1, NULL, &searched);
	visible = heard_visible(&searched);
	dialog_open(executable, watch_x, &dialog);
	job = dialog_follow(&dialog, &schedule, &visible);
	dialog_ask(&dialog, &job, &heard);
	cr_assert(heard.done.diverged);
	cr_assert(eq(u64, heard.done.diverged_step, 1));
	cr_assert(eq(sz, heard.outcome_count, 0));
	visible_set_fini(&visible);
	dialog_close(&dialog);
	heard_fini(&heard);
	heard_fini(&searched);
	tear_down();
}

/* Before its first execution, when the blocks that it names do not exist. */
Test(boundary, what_was_told_to_be_visible_is_told_again)
{
	struct heard first;
	struct visible_set visible;

	build(SOURCE);
	ask_alone("dfs", NO_BOUND, 1, NULL, &first);
	visible = heard_visible(&first);
	cr_assert(gt(uint, visible.range_count, 1));
	for (uint64_t learned = 0; learned <= 100; learned += 50) {
		struct dialog dialog;
		struct heard again;
		struct job job;

		dialog_open(executable, watch_x, &dialog);
		job = dialog_search(&dialog, "dfs");
		job.visible = visible;
		job.learn_first = learned;
		job.max_executions = 1;
		dialog_ask(&dialog, &job, &again);
		expect_same_bytes(&again.visible, &first.visible);
		expect_same_bytes(&again.outcomes[0], &first.outcomes[0]);
		dialog_close(&dialog);
		heard_fini(&again);
	}
	visible_set_fini(&visible);
	heard_fini(&first);
	tear_down();
}

/* --- Limits */

Test(boundary, a_limit_of_executions_is_kept)
{
	struct heard heard;

	build(SOURCE);
	ask_alone("dfs", NO_BOUND, 17, NULL, &heard);
	cr_assert(eq(u64, heard.done.executions, 17));
	cr_assert(eq(uint, heard.done.incomplete_because, REASON_LIMIT));
	heard_fini(&heard);
	tear_down();
}

Test(boundary, a_limit_that_is_just_enough_leaves_nothing_out)
{
	struct heard whole;
	struct heard heard;

	build(SOURCE);
	ask_alone("dfs", NO_BOUND, 0, NULL, &whole);
	ask_alone("dfs", NO_BOUND, whole.done.executions, NULL, &heard);
	expect_equal(&heard.done, &whole.done);
	heard_fini(&whole);
	heard_fini(&heard);
	tear_down();
}

/* --- Fatal schedules */

/* A search where these steps have killed the process before, in the first
 * round. */
static void ask_with_fatal(struct choice *steps, size_t count,
			   struct heard *ret_heard)
{
	struct fatal fatal = {.schedule = {steps, count, count},
			      .end = END_CRASH,
			      .status = 11};
	struct heard first;
	struct dialog dialog;
	struct job job;

	ask_alone("dfs", NO_BOUND, 1, NULL, &first);
	dialog_open(executable, watch_x, &dialog);
	job = dialog_search(&dialog, "dfs");
	job.visible = heard_visible(&first);
	job.fatal = &fatal;
	job.fatal_count = 1;
	dialog_ask(&dialog, &job, ret_heard);
	visible_set_fini(&job.visible);
	dialog_close(&dialog);
	heard_fini(&first);
}

/* Of the counter's 70 interleavings half begin with T1. */
Test(boundary, a_fatal_schedule_counts_as_explored)
{
	struct choice steps[] = {{1, 0}};
	struct outcome_message outcome;
	struct heard heard;

	build("models/counter.c");
	ask_with_fatal(steps, 1, &heard);
	cr_assert(eq(u64, heard.done.executions, 35 + 1));
	outcome = heard_outcome(&heard, 0);
	cr_assert(eq(uint, outcome.end, END_CRASH));
	cr_assert(eq(int, outcome.status, 11));
	cr_assert(eq(u64, heard.done.outcomes[0].count, 1));
	outcome_message_fini(&outcome);
	heard_fini(&heard);
	tear_down();
}

/* With more memory visible the same choices are other steps. */
Test(boundary, a_fatal_schedule_is_of_its_round)
{
	struct choice steps[] = {{2, 0}, {2, 0}};
	struct heard whole;
	struct heard heard;

	build(SOURCE_ROUNDS);
	ask_alone("dfs", NO_BOUND, 0, NULL, &whole);
	cr_assert(eq(uint, whole.done.rounds, 2));
	ask_with_fatal(steps, 2, &heard);
	expect_equal(&heard.done, &whole.done);
	heard_fini(&whole);
	heard_fini(&heard);
	tear_down();
}
