/*
 * See traces.h.
 */
#include "strategy/traces.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "engine/dependence.h"
#include "engine/toy.h"

#define NAMES_MAX 256

static struct engine *const engine = &toy.engine;

static uint64_t mix(uint64_t z)
{
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* Event number i as (thread, how manieth of it, with which result). */
static uint64_t name_of(size_t i)
{
	const struct choice choice = engine->log[i].choice;
	uint64_t nth = 0;

	for (size_t j = 0; j < i; j++)
		nth += engine->log[j].choice.thread == choice.thread;
	return mix(((uint64_t)choice.alternative << 32 | nth << 16 |
		    choice.thread) +
		   1);
}

/* The events, and the order of every two that are dependent. */
static uint64_t trace_of_log(void)
{
	uint64_t names[NAMES_MAX];
	uint64_t hash = 0;

	cr_assert(lt(sz, engine->depth, NAMES_MAX));
	for (size_t i = 0; i < engine->depth; i++) {
		names[i] = name_of(i);
		hash += names[i];
		for (size_t j = 0; j < i; j++)
			if (operations_conflict(&engine->log[j].operation,
						&engine->log[i].operation))
				hash += mix(names[j] + 3 * names[i]);
	}
	return hash;
}

static int by_number(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left;
	uint64_t b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

static void sort_once(struct traces *traces)
{
	size_t kept = 0;

	if (traces->count == 0)
		return;
	qsort(traces->at, traces->count, sizeof(*traces->at), by_number);
	for (size_t i = 0; i < traces->count; i++)
		if (i == 0 || traces->at[i] != traces->at[i - 1])
			traces->at[kept++] = traces->at[i];
	traces->count = kept;
}

static void begin(void)
{
	engine_new_round(engine);
	outcomes_clear(&engine->outcomes);
	findings_clear(&engine->findings);
	engine->executions = 0;
	engine->blocked = 0;
	engine->incomplete_because = 0;
}

/* How the execution has ended, and what its memory then holds. */
static void take_outcome(struct traces *traces)
{
	uint64_t outcome = mix(mix((uint64_t)engine->ending.kind + 1) +
			       (uint64_t)toy.memory->array[0] * 16 +
			       (uint64_t)toy.memory->array[1]);

	for (size_t i = 0; i < traces->outcome_count; i++)
		if (traces->outcomes[i] == outcome)
			return;
	cr_assert(lt(sz, traces->outcome_count, OUTCOMES_MAX));
	traces->outcomes[traces->outcome_count++] = outcome;
}

static void note_kinds(struct traces *traces)
{
	for (size_t i = 0; i < engine->depth; i++) {
		traces->occurred[engine->log[i].announced] = true;
		traces->occurred[engine->log[i].operation.op] = true;
	}
}

bool traces_run(const struct strategy *strategy, struct bound bound,
		size_t executions_max, struct traces *ret_traces)
{
	return traces_run_preferring(strategy, bound, 0, executions_max,
				     ret_traces);
}

bool traces_run_preferring(const struct strategy *strategy, struct bound bound,
			   uint64_t preference, size_t executions_max,
			   struct traces *ret_traces)
{
	const struct strategy_options options = {.bound = bound,
						 .preference = preference};
	void *search = strategy->new (&options);
	struct traces traces = {0};
	bool done = false;

	begin();
	while (!done && engine->executions < executions_max) {
		uint64_t before = engine->executions;

		done = strategy->run(search, engine, 1);
		note_kinds(&traces);
		if (engine->executions == before ||
		    engine->ending.kind == END_LIMIT)
			continue;
		take_outcome(&traces);
		if (traces.count == traces.capacity) {
			traces.capacity = traces.capacity * 2 + 64;
			traces.at = realloc(traces.at,
					    traces.capacity * sizeof(uint64_t));
		}
		traces.at[traces.count++] = trace_of_log();
	}
	strategy->delete (search);
	traces.executions = (size_t)engine->executions;
	traces.blocked = engine->blocked;
	traces.reasons = engine->incomplete_because;
	sort_once(&traces);
	*ret_traces = traces;
	return done;
}

void traces_fini(struct traces *traces)
{
	free(traces->at);
}

bool traces_are_same(const struct traces *a, const struct traces *b)
{
	return a->count == b->count &&
	       memcmp(a->at, b->at, a->count * sizeof(*a->at)) == 0;
}
