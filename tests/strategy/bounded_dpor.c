/*
 * explorer/strategy/bounded_dpor.c against every interleaving: on random
 * programs it runs exactly the traces that have a linearisation within the
 * bound.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "engine/dependence.h"
#include "engine/toy.h"
#include "runtime/semaphore.h"
#include "runtime/thread.h"
#include "strategy/strategy.h"

#define PROGRAMS_CHECK 1500
#define PROGRAMS_SOAK  20000
#define THREADS	       3U
#define OPERATIONS_MAX 6U
/* Programs with more interleavings are not used. */
#define INTERLEAVINGS_MAX 3000U
#define BOUND_MAX	  3U

static struct engine *const engine = &toy.engine;

/* --- Programs: outside the world, the same in all executions of one */

enum kind {
	READ,
	WRITE,
	LOCK,
	UNLOCK,
	POST,
	WAIT,
	YIELD,
	PRINT,
	END_IF_READ, /* the thread ends if it last read something */
	KINDS
};

struct statement {
	enum kind kind;
	unsigned object;
};

static struct {
	struct statement at[OPERATIONS_MAX];
	unsigned length;
} script[THREADS];

ON_FIBER static void perform(struct statement statement, unsigned number,
			     int *last_read)
{
	int *variable = &toy.memory->array[statement.object];

	switch (statement.kind) {
	case READ:
		*last_read = toy_read(variable);
		break;
	case WRITE:
		toy_write(variable, (int)number);
		break;
	case LOCK:
		toy_lock(statement.object);
		break;
	case UNLOCK:
		toy_unlock(statement.object);
		break;
	case POST:
		semaphore_post(&toy.runtime, &toy.memory->semaphore, 20);
		break;
	case WAIT:
		semaphore_wait(&toy.runtime, &toy.memory->semaphore, 21);
		break;
	case YIELD:
		thread_yield(&toy.runtime);
		break;
	case PRINT:
		toy_print("p");
		break;
	case END_IF_READ:
	case KINDS:
		break;
	}
}

ON_FIBER static void run_script(unsigned number)
{
	int last_read = 0;

	for (unsigned i = 0; i < script[number - 1].length; i++) {
		const struct statement statement = script[number - 1].at[i];

		if (statement.kind == END_IF_READ && last_read != 0)
			return;
		perform(statement, number, &last_read);
	}
}

static void add(unsigned thread, enum kind kind, unsigned object)
{
	if (script[thread].length < OPERATIONS_MAX)
		script[thread].at[script[thread].length++] =
			(struct statement){kind, object};
}

/* Mostly accesses and critical sections. */
static void draw_thread(struct random *random, unsigned thread)
{
	static const enum kind kinds[] = {READ,	 READ,	WRITE,	WRITE,
					  LOCK,	 LOCK,	POST,	WAIT,
					  YIELD, PRINT, UNLOCK, END_IF_READ};
	unsigned count = 1 + (unsigned)random_below(random, 4);

	script[thread].length = 0;
	for (unsigned i = 0; i < count; i++) {
		enum kind kind = kinds[random_below(
			random, sizeof(kinds) / sizeof(*kinds))];
		unsigned object = (unsigned)random_below(random, 2);

		add(thread, kind, object);
		if (kind == LOCK && random_below(random, 4) > 0) {
			add(thread, random_below(random, 2) ? READ : WRITE,
			    (unsigned)random_below(random, 2));
			add(thread, UNLOCK, object);
		}
	}
}

static void draw(uint64_t seed)
{
	struct random random;

	random_seed(&random, seed);
	for (unsigned t = 0; t < THREADS; t++)
		draw_thread(&random, t);
}

/* --- Traces */

struct traces {
	uint64_t *at;
	size_t count;
	size_t capacity;
	size_t executions;
};

static uint64_t mix(uint64_t z)
{
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* Event number i as (thread, how manieth of it). */
static uint64_t name_of(size_t i)
{
	uint64_t nth = 0;

	for (size_t j = 0; j < i; j++)
		nth += engine->log[j].choice.thread ==
		       engine->log[i].choice.thread;
	return mix((nth << 16 | engine->log[i].choice.thread) + 1);
}

/* The events, and the order of every two that are dependent. */
static uint64_t trace_of_log(void)
{
	uint64_t names[128];
	uint64_t hash = 0;

	cr_assert(lt(sz, engine->depth, 128));
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
	engine->incomplete_because = 0;
}

/* All traces that the strategy runs. False if there are too many. */
static bool run(const struct strategy *strategy, struct bound bound,
		struct traces *ret_traces)
{
	const struct strategy_options options = {.bound = bound};
	void *search = strategy->new (&options);
	struct traces traces = {0};
	bool done = false;

	begin();
	while (!done && engine->executions < INTERLEAVINGS_MAX) {
		uint64_t before = engine->executions;

		done = strategy->run(search, engine, 1);
		if (engine->executions == before)
			continue;
		if (traces.count == traces.capacity) {
			traces.capacity = traces.capacity * 2 + 64;
			traces.at = realloc(traces.at,
					    traces.capacity * sizeof(uint64_t));
		}
		traces.at[traces.count++] = trace_of_log();
	}
	strategy->delete (search);
	traces.executions = (size_t)engine->executions;
	sort_once(&traces);
	*ret_traces = traces;
	return done;
}

/* --- The comparison */

static void print_script(void)
{
	static const char *const names[KINDS] = {
		"read", "write", "lock",  "unlock",	"post",
		"wait", "yield", "print", "end if read"};

	for (unsigned t = 0; t < THREADS; t++) {
		printf("T%u:", t + 1);
		for (unsigned i = 0; i < script[t].length; i++)
			printf(" %s %u;", names[script[t].at[i].kind],
			       script[t].at[i].object);
		puts("");
	}
}

struct totals {
	size_t programs;
	size_t traces;
	size_t executions;
	size_t interleavings;
};

static void compare(uint64_t seed, struct bound bound, struct totals *totals)
{
	struct traces all;
	struct traces reduced;
	unsigned reasons;
	bool same;

	if (!run(&strategy_dfs, bound, &all)) {
		free(all.at);
		return;
	}
	cr_assert(run(&strategy_bounded_dpor, bound, &reduced));
	reasons = engine->incomplete_because;
	same = all.count == reduced.count &&
	       memcmp(all.at, reduced.at, all.count * sizeof(*all.at)) == 0;
	if (!same)
		print_script();
	cr_assert(same, "seed %lu, %s %u: %zu traces instead of %zu", seed,
		  bound.kind == BOUND_DELAYS ? "delays" : "preemptions",
		  bound.most, reduced.count, all.count);
	cr_assert(le(sz, reduced.executions, all.executions));
	totals->programs++;
	totals->traces += all.count;
	totals->executions += reduced.executions;
	totals->interleavings += all.executions;
	/* If it says that nothing was left out, nothing was. */
	free(all.at);
	if (!(reasons & REASON_BOUND) &&
	    run(&strategy_dfs, (struct bound){BOUND_NONE, 0}, &all)) {
		cr_assert(eq(sz, all.count, reduced.count));
		free(all.at);
	}
	free(reduced.at);
}

static void compare_many(enum bound_kind kind)
{
	struct totals totals = {0};

	toy_start(THREADS, run_script);
	for (uint64_t seed = 1;
	     totals.programs <
	     (getenv("SOAK") ? PROGRAMS_SOAK : PROGRAMS_CHECK);
	     seed++) {
		draw(seed);
		for (uint32_t most = 0; most <= BOUND_MAX; most++)
			compare(seed, (struct bound){kind, most}, &totals);
	}
	cr_log_info("%zu programs and bounds: %zu traces, %zu executions of "
		    "%zu interleavings\n",
		    totals.programs, totals.traces, totals.executions,
		    totals.interleavings);
	cr_assert(lt(sz, totals.executions, totals.interleavings));
}

Test(bounded_dpor, runs_all_traces_within_so_many_preemptions)
{
	compare_many(BOUND_PREEMPTIONS);
}

Test(bounded_dpor, runs_all_traces_within_so_many_delays)
{
	compare_many(BOUND_DELAYS);
}
