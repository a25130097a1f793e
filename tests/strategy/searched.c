/*
 * See searched.h.
 */
#include "strategy/searched.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/toy.h"

static struct engine *const engine = &toy.engine;

static void begin(const struct strategy *strategy)
{
	/* As a job does it. */
	engine->epochs.off = strategy->finds_races;
	engine_new_round(engine);
	outcomes_clear(&engine->outcomes);
	findings_clear(&engine->findings);
	engine->executions = 0;
	engine->transitions = 0;
	engine->incomplete_because = 0;
}

static struct searched sum_up(void)
{
	struct searched searched = {
		.executions = engine->executions,
		.transitions = engine->transitions,
		.incomplete_because = engine->incomplete_because,
		.outcome_count = engine->outcomes.count,
		.finding_count = engine->findings.count,
	};

	cr_assert(le(sz, searched.outcome_count, 64));
	cr_assert(le(sz, searched.finding_count, 64));
	for (size_t i = 0; i < searched.outcome_count; i++)
		searched.outcomes[i] = engine->outcomes.at[i];
	for (size_t i = 0; i < searched.finding_count; i++)
		searched.findings[i] = engine->findings.at[i].count;
	return searched;
}

struct searched search_through(const struct strategy *strategy,
			       const struct strategy_options *options)
{
	void *search = strategy->new (options);

	begin(strategy);
	while (!strategy->run(search, engine, 1000) && !engine->stopped)
		;
	strategy->delete (search);
	return sum_up();
}

/* What a job's checkpoint holds. */
static void save(const struct strategy *strategy, const void *search,
		 struct buffer *saved)
{
	buffer_clear(saved);
	outcomes_save(&engine->outcomes, saved);
	findings_save(&engine->findings, saved);
	strategy->save(search, saved);
}

static void load(const struct strategy *strategy, void *search,
		 const struct buffer *saved)
{
	struct reader reader = reader_of(saved->data, saved->length);

	outcomes_clear(&engine->outcomes);
	findings_clear(&engine->findings);
	outcomes_load(&engine->outcomes, &reader);
	findings_load(&engine->findings, &reader);
	strategy->load(search, &reader);
	cr_assert(not(reader.failed));
	cr_assert(eq(ptr, (void *)reader.next, (void *)reader.end));
}

struct searched search_in_pieces(const struct strategy *strategy,
				 const struct strategy_options *options)
{
	struct buffer saved = {0};
	bool done = false;

	begin(strategy);
	save(strategy, strategy->new (options), &saved);
	while (!done) {
		void *search = strategy->new (options);

		/* As in a process that has never been here. */
		engine_new_round(engine);
		load(strategy, search, &saved);
		done = strategy->run(search, engine, 1);
		save(strategy, search, &saved);
		strategy->delete (search);
	}
	buffer_fini(&saved);
	return sum_up();
}

void searched_expect_equal(const struct searched *a, const struct searched *b)
{
	cr_assert(eq(u64, a->executions, b->executions));
	cr_assert(eq(u64, a->transitions, b->transitions));
	cr_assert(eq(uint, a->incomplete_because, b->incomplete_because));
	cr_assert(eq(sz, a->outcome_count, b->outcome_count));
	for (size_t i = 0; i < a->outcome_count; i++) {
		cr_assert(eq(u64, a->outcomes[i].check, b->outcomes[i].check));
		cr_assert(eq(u64, a->outcomes[i].count, b->outcomes[i].count));
		cr_assert(eq(u64, a->outcomes[i].lost_updates,
			     b->outcomes[i].lost_updates));
	}
	cr_assert(eq(sz, a->finding_count, b->finding_count));
	for (size_t i = 0; i < a->finding_count; i++)
		cr_assert(eq(u64, a->findings[i], b->findings[i]));
}
