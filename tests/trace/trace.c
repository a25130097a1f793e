/*
 * explorer/trace/trace.c
 */
#include "trace/trace.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sample.h"

static bool name_is_thread(const char *name, uint32_t *ret_thread)
{
	return thread_by_name(name, strlen(name), ret_thread);
}

Test(thread_name, leads_back)
{
	static const uint32_t threads[] = {0, 1, 9, 10, 65535, UINT32_MAX};
	char name[THREAD_NAME_BYTES];

	for (size_t i = 0; i < sizeof(threads) / sizeof(threads[0]); i++) {
		uint32_t thread = 99;

		thread_name(threads[i], name);
		cr_assert(name_is_thread(name, &thread));
		cr_assert(eq(u32, thread, threads[i]));
	}
	cr_assert(eq(str, thread_name(0, name), "main"));
	cr_assert(eq(str, thread_name(12, name), "T12"));
}

Test(thread_name, has_one_spelling)
{
	static const char *const wrong[] = {
		"",	 "T",	"T0",  "T01",	      "t1",
		"main1", "T-1", "T1 ", "T4294967296", "T99999999999"};
	uint32_t thread;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		cr_assert(not(name_is_thread(wrong[i], &thread)));
}

static uint64_t hash_of(const struct step *changed)
{
	return step_hash(1, changed);
}

Test(step_hash, covers_what_identifies_a_step)
{
	char x[] = "x";
	char empty[] = "";
	struct step step = {.thread = 1, .op = OP_READ, .object = x};
	uint64_t hash = hash_of(&step);
	struct step changed = step;

	cr_assert(ne(u64, step_hash(2, &step), hash));
	changed.thread = 2;
	cr_assert(ne(u64, hash_of(&changed), hash));
	changed = step;
	changed.alternative = 1;
	cr_assert(ne(u64, hash_of(&changed), hash));
	changed = step;
	changed.op = OP_WRITE;
	cr_assert(ne(u64, hash_of(&changed), hash));
	changed = step;
	changed.object = NULL;
	cr_assert(ne(u64, hash_of(&changed), hash));
	changed = step;
	changed.function = empty;
	cr_assert(ne(u64, hash_of(&changed), hash));
	changed = step;
	changed.line = 1;
	cr_assert(ne(u64, hash_of(&changed), hash));
}

/* What a rebuild or another folder changes must not matter. */
Test(step_hash, leaves_out_values_and_files)
{
	char file[] = "a.c";
	struct step step = {.op = OP_READ};
	struct step changed = step;

	changed.number = 7;
	changed.file = file;
	changed.has_values = true;
	changed.before = 3;
	changed.reads_from = 2;
	changed.size = 8;
	cr_assert(eq(u64, hash_of(&changed), hash_of(&step)));
}

Test(trace, lists_both_halves_of_a_long_execution)
{
	struct trace trace = sample_long_trace(5000, false);

	trace_check(&trace);
	cr_assert(eq(sz, trace.step_count, TRACE_LISTED_MAX));
	cr_assert(eq(u64, trace.steps[0].number, 0));
	cr_assert(eq(u64, trace.steps[499].number, 499));
	cr_assert(eq(u64, trace.steps[500].number, 4500));
	cr_assert(eq(u64, trace.steps[999].number, 4999));
	cr_assert(eq(sz, trace.hash_count, 4));
	trace_fini(&trace);
}

Test(trace, lists_every_step_if_told_to_or_if_they_are_few)
{
	struct trace full = sample_long_trace(5000, true);
	struct trace cut = sample_long_trace(5000, false);
	struct trace few = sample_long_trace(TRACE_LISTED_MAX, false);

	cr_assert(eq(sz, full.step_count, 5000));
	cr_assert(eq(sz, few.step_count, TRACE_LISTED_MAX));
	/* The hashes do not depend on what is listed. */
	cr_assert(eq(u64, full.final_hash, cut.final_hash));
	cr_assert(eq(u64, full.hashes[3], cut.hashes[3]));
	trace_fini(&full);
	trace_fini(&cut);
	trace_fini(&few);
}

Test(trace, stores_a_hash_after_each_interval)
{
	static const size_t lengths[] = {0, 1, 1023, 1024, 1025, 2048};

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct trace trace = sample_long_trace(lengths[i], true);

		cr_assert(eq(sz, trace.hash_count,
			     lengths[i] / TRACE_HASH_INTERVAL));
		if (lengths[i] == TRACE_HASH_INTERVAL)
			cr_assert(eq(u64, trace.hashes[0], trace.final_hash));
		trace_fini(&trace);
	}
}
