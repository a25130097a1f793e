/*
 * See script.h.
 */
#include "strategy/script.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "engine/dependence.h"
#include "engine/toy.h"
#include "runtime/atomic.h"
#include "runtime/mutex.h"
#include "runtime/semaphore.h"
#include "runtime/thread.h"

#define OPERATIONS_MAX 6U
#define NAMES_MAX      256

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
	SPIN,	     /* until it reads something */
	SPIN_YIELD,
	SPIN_EITHER, /* until it reads something in one of two places */
	SPIN_BOTH,   /* in both */
	COMPARE,     /* and exchanges 0, until it does */
	CLEAR,
	TRY,	   /* writes under the lock, if that can be had */
	POLL,	   /* until it reads something, under the lock */
	POLL_TRY,  /* the same with a try */
	POLL_BACK, /* the same without, but it writes back what it read */
	KINDS
};

struct statement {
	enum kind kind;
	unsigned object;
};

static struct {
	struct statement at[OPERATIONS_MAX];
	unsigned length;
} script[SCRIPT_THREADS];

ON_FIBER static bool compare(int *variable, int value)
{
	const struct atomic_request request = {
		.change = ATOMIC_COMPARE,
		.address = (uintptr_t)variable,
		.bytes = sizeof(*variable),
		.order = __ATOMIC_SEQ_CST,
		.operand = (unsigned)value,
		.place = 23,
	};

	return atomic_perform(&toy.runtime, &request) == 0;
}

ON_FIBER static void try_lock(int *variable, unsigned number)
{
	pthread_mutex_t *lock = &toy.memory->locks[0];

	if (mutex_trylock(&toy.runtime, lock, 24) == 0) {
		toy_write(variable, (int)number);
		toy_unlock(0);
	}
}

ON_FIBER static int poll(const int *variable)
{
	int value;

	toy_lock(0);
	value = toy_read(variable);
	toy_unlock(0);
	return value;
}

ON_FIBER static int poll_try(const int *variable)
{
	int value = 0;

	if (mutex_trylock(&toy.runtime, &toy.memory->locks[0], 25) == 0) {
		value = toy_read(variable);
		toy_unlock(0);
	}
	return value;
}

ON_FIBER static int poll_back(int *variable)
{
	int value = toy_read(variable);

	if (value == 0)
		toy_write(variable, value);
	return value;
}

ON_FIBER static void perform(struct statement statement, unsigned number,
			     int *last_read)
{
	int *variable = &toy.memory->array[statement.object];
	int *other = &toy.memory->array[1 - statement.object];

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
	case SPIN:
		while ((*last_read = toy_read(variable)) == 0)
			;
		break;
	case SPIN_YIELD:
		while ((*last_read = toy_read(variable)) == 0)
			thread_yield(&toy.runtime);
		break;
	case SPIN_EITHER:
		while ((*last_read = toy_read(variable)) == 0 &&
		       toy_read(other) == 0)
			;
		break;
	case SPIN_BOTH:
		while ((*last_read = toy_read(variable)) == 0 ||
		       toy_read(other) == 0)
			;
		break;
	case COMPARE:
		while (!compare(variable, (int)number))
			;
		break;
	case CLEAR:
		toy_write(variable, 0);
		break;
	case TRY:
		try_lock(variable, number);
		break;
	case POLL:
		while ((*last_read = poll(variable)) == 0)
			;
		break;
	case POLL_TRY:
		while ((*last_read = poll_try(variable)) == 0)
			;
		break;
	case POLL_BACK:
		while ((*last_read = poll_back(variable)) == 0)
			;
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

/* Short, so that brute force gets on without threads that sleep. */
static void draw_spinning(struct random *random, unsigned thread)
{
	static const enum kind kinds[] = {
		READ, WRITE,	  WRITE,       WRITE,	  CLEAR,
		SPIN, SPIN_YIELD, SPIN_EITHER, SPIN_BOTH, COMPARE};
	unsigned count = 1 + (unsigned)random_below(random, 2);

	script[thread].length = 0;
	for (unsigned i = 0; i < count; i++)
		add(thread,
		    kinds[random_below(random, sizeof(kinds) / sizeof(*kinds))],
		    (unsigned)random_below(random, 2));
}

/* The first thread polls, the others do what may end that; few at a time. */
static void draw_polling(struct random *random, unsigned thread)
{
	static const enum kind polls[] = {POLL, POLL, POLL_TRY, POLL_BACK};
	static const enum kind others[] = {WRITE, TRY, TRY, READ, LOCK, CLEAR};
	unsigned count =
		thread == 0 ? 1
			    : (thread == 1) + (unsigned)random_below(random, 2);

	script[thread].length = 0;
	for (unsigned i = 0; i < count; i++) {
		unsigned object = (unsigned)random_below(random, 2);
		enum kind kind = others[random_below(
			random, sizeof(others) / sizeof(*others))];

		if (thread == 0)
			kind = polls[random_below(
				random, sizeof(polls) / sizeof(*polls))];
		add(thread, kind, kind == LOCK ? 0 : object);
		if (kind == LOCK) {
			add(thread, WRITE, object);
			add(thread, UNLOCK, 0);
		}
	}
}

void script_start(void)
{
	toy_start(SCRIPT_THREADS, run_script);
}

void script_draw(uint64_t seed, enum script_sort sort)
{
	struct random random;

	random_seed(&random, seed);
	for (unsigned t = 0; t < SCRIPT_THREADS; t++)
		if (sort == SCRIPT_SPINS)
			draw_spinning(&random, t);
		else if (sort == SCRIPT_POLLS)
			draw_polling(&random, t);
		else
			draw_thread(&random, t);
}

/* --- Traces */

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

void script_print(void)
{
	static const char *const names[KINDS] = {
		"read",	       "write",	   "lock",	 "unlock",
		"post",	       "wait",	   "yield",	 "print",
		"end if read", "spin",	   "spin yield", "spin either",
		"spin both",   "compare",  "clear",	 "try",
		"poll",	       "poll try", "poll back"};

	for (unsigned t = 0; t < SCRIPT_THREADS; t++) {
		printf("T%u:", t + 1);
		for (unsigned i = 0; i < script[t].length; i++)
			printf(" %s %u;", names[script[t].at[i].kind],
			       script[t].at[i].object);
		puts("");
	}
}
