/* See enumerate.h. */
#include "oracle/enumerate.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define NOBODY	   (-1)
#define OUTPUT_MAX 128

/* What a thread inside a wait or a barrier has still to do. */
enum phase {
	PHASE_OPERATION, /* the one at pc */
	PHASE_REACQUIRE, /* signalled or not: the mutex of a wait */
	PHASE_LEAVE,	 /* the barrier, once two have arrived */
};

struct thread {
	unsigned pc;
	enum phase phase;
	bool signalled;
	unsigned generation; /* of the barrier that it arrived at */
	int registers[2];
};

struct state {
	struct thread threads[SMALL_THREADS_MAX];
	int variables[2];
	int owner[2];
	int semaphore;
	unsigned arrived;
	unsigned generation;
	int running; /* thread that moved last, or NOBODY */
	uint32_t preemptions;
	char output[OUTPUT_MAX];
};

struct search {
	const struct small_program *program;
	struct enumeration *result;
	bool prints;
};

static const struct small_operation *
pending(const struct search *search, const struct state *state, unsigned t)
{
	const struct small_thread *thread = &search->program->threads[t];

	if (state->threads[t].pc >= thread->length)
		return NULL;
	return &thread->at[state->threads[t].pc];
}

static int value_of(const struct thread *thread,
		    const struct small_operation *operation)
{
	if (operation->reg == SMALL_NO_REGISTER)
		return operation->constant;
	return thread->registers[operation->reg] + operation->constant;
}

static bool is_access(const struct small_operation *operation)
{
	return operation->kind == SMALL_READ ||
	       operation->kind == SMALL_WRITE ||
	       operation->kind == SMALL_FETCH_ADD;
}

static void touch(struct enumeration *result, unsigned t,
		  const struct small_operation *operation)
{
	result->touched |= 1U << operation->object;
	if (operation->kind != SMALL_WRITE)
		result->readers[operation->object] |= 1U << t;
	if (operation->kind != SMALL_READ)
		result->writers[operation->object] |= 1U << t;
}

static void access_perform(const struct search *search, struct state *state,
			   unsigned t, const struct small_operation *operation)
{
	struct thread *thread = &state->threads[t];
	int *variable = &state->variables[operation->object];

	touch(search->result, t, operation);
	if (operation->kind == SMALL_READ)
		thread->registers[operation->reg] = *variable;
	else if (operation->kind == SMALL_WRITE)
		*variable = value_of(thread, operation);
	else
		*variable += operation->constant;
}

/* Runs thread t up to its next visible operation. */
static void run_private(const struct search *search, struct state *state,
			unsigned t)
{
	struct thread *thread = &state->threads[t];
	const struct small_operation *operation;
	bool zero;

	while ((operation = pending(search, state, t)) != NULL) {
		if (operation->kind == SMALL_SKIP_IF_ZERO ||
		    operation->kind == SMALL_SKIP_IF_NONZERO) {
			zero = thread->registers[operation->reg] == 0;
			if (zero == (operation->kind == SMALL_SKIP_IF_ZERO))
				thread->pc += (unsigned)operation->constant;
		} else if (is_access(operation) &&
			   !(search->result->visible >> operation->object &
			     1U)) {
			access_perform(search, state, t, operation);
		} else {
			return;
		}
		thread->pc++;
	}
}

static bool is_enabled(const struct search *search, const struct state *state,
		       unsigned t)
{
	const struct thread *thread = &state->threads[t];
	const struct small_operation *operation = pending(search, state, t);

	if (operation == NULL)
		return false;
	if (thread->phase == PHASE_REACQUIRE)
		return thread->signalled &&
		       state->owner[operation->mutex] == NOBODY;
	if (thread->phase == PHASE_LEAVE)
		return thread->generation != state->generation;
	if (operation->kind == SMALL_LOCK)
		return state->owner[operation->object] == NOBODY;
	if (operation->kind == SMALL_SEM_WAIT)
		return state->semaphore > 0;
	return true;
}

/* Wakes one waiter or all. The vectors have at most one wait in a program, so
 * that there is no choice among waiters. */
static void wake(const struct search *search, struct state *state)
{
	for (unsigned t = 0; t < search->program->count; t++)
		if (state->threads[t].phase == PHASE_REACQUIRE)
			state->threads[t].signalled = true;
}

static void barrier_arrive(struct state *state, struct thread *thread)
{
	thread->phase = PHASE_LEAVE;
	thread->generation = state->generation;
	if (++state->arrived == 2) {
		state->arrived = 0;
		state->generation++;
	}
}

static void print(struct state *state, int value)
{
	size_t length = strlen(state->output);

	snprintf(state->output + length, sizeof(state->output) - length, "%d;",
		 value);
	assert(strlen(state->output) < OUTPUT_MAX - 1);
}

static void unlock(struct state *state, unsigned mutex, unsigned t)
{
	assert(state->owner[mutex] == (int)t);
	state->owner[mutex] = NOBODY;
}

/* Performs an operation; false where the thread stays at it. */
static bool perform(const struct search *search, struct state *state,
		    unsigned t, const struct small_operation *operation)
{
	struct thread *thread = &state->threads[t];

	if (thread->phase != PHASE_OPERATION) {
		if (thread->phase == PHASE_REACQUIRE)
			state->owner[operation->mutex] = (int)t;
		thread->phase = PHASE_OPERATION;
		thread->signalled = false;
		return true;
	}
	switch (operation->kind) {
	case SMALL_READ:
	case SMALL_WRITE:
	case SMALL_FETCH_ADD:
		access_perform(search, state, t, operation);
		return true;
	case SMALL_LOCK:
		state->owner[operation->object] = (int)t;
		return true;
	case SMALL_UNLOCK:
		unlock(state, operation->object, t);
		return true;
	case SMALL_TRYLOCK:
		thread->registers[operation->reg] =
			state->owner[operation->object] == NOBODY;
		if (thread->registers[operation->reg])
			state->owner[operation->object] = (int)t;
		return true;
	case SMALL_WAIT:
		unlock(state, operation->mutex, t);
		thread->phase = PHASE_REACQUIRE;
		return false;
	case SMALL_SIGNAL:
	case SMALL_BROADCAST:
		wake(search, state);
		return true;
	case SMALL_SEM_WAIT:
		state->semaphore--;
		return true;
	case SMALL_SEM_POST:
		state->semaphore++;
		return true;
	case SMALL_SEM_TRYWAIT:
		thread->registers[operation->reg] = state->semaphore > 0;
		state->semaphore -= thread->registers[operation->reg];
		return true;
	case SMALL_SEM_VALUE:
		thread->registers[operation->reg] = state->semaphore;
		return true;
	case SMALL_BARRIER:
		barrier_arrive(state, thread);
		return false;
	case SMALL_OUTPUT:
		print(state, value_of(thread, operation));
		return true;
	case SMALL_SKIP_IF_ZERO:
	case SMALL_SKIP_IF_NONZERO:
	case SMALL_KINDS:
		break;
	}
	abort();
}

static void step(const struct search *search, struct state *state, unsigned t)
{
	const bool goes_on =
		perform(search, state, t, pending(search, state, t));

	if (goes_on) {
		state->threads[t].pc++;
		run_private(search, state, t);
	}
	state->running = (int)t;
}

static void record(const struct search *search, const struct state *state)
{
	struct enumeration *result = search->result;
	bool finished = true;
	char *line;

	for (unsigned t = 0; t < search->program->count; t++)
		finished = finished && pending(search, state, t) == NULL;
	if (asprintf(&line, "%s x=%d y=%d%s%s%s",
		     finished ? "exit 0" : "deadlock", state->variables[0],
		     state->variables[1], search->prints ? " \"" : "",
		     search->prints ? state->output : "",
		     search->prints ? "\"" : "") < 0)
		abort();
	result->interleavings++;
	if (lines_contain(&result->outcomes, line))
		free(line);
	else
		lines_add(&result->outcomes, line);
}

static void visit(const struct search *search, const struct state *state)
{
	struct enumeration *result = search->result;
	bool stuck = true;

	for (unsigned t = 0; t < search->program->count; t++) {
		struct state next = *state;

		if (!is_enabled(search, state, t))
			continue;
		stuck = false;
		if (state->running != NOBODY && state->running != (int)t &&
		    is_enabled(search, state, (unsigned)state->running) &&
		    ++next.preemptions > result->preemptions)
			continue;
		if (result->limit != 0 &&
		    result->interleavings >= result->limit) {
			result->limit_reached = true;
			return;
		}
		step(search, &next, t);
		visit(search, &next);
	}
	if (stuck)
		record(search, state);
}

static void clear(struct enumeration *enumeration)
{
	lines_fini(&enumeration->outcomes);
	*enumeration = (struct enumeration){
		.visible = enumeration->visible,
		.preemptions = enumeration->preemptions,
		.limit = enumeration->limit,
	};
}

void enumerate(const struct small_program *program,
	       struct enumeration *enumeration)
{
	const struct search search = {
		program, enumeration,
		(small_program_kinds(program) & 1U << SMALL_OUTPUT) != 0};
	struct state state = {.owner = {NOBODY, NOBODY}, .running = NOBODY};

	clear(enumeration);
	for (unsigned t = 0; t < program->count; t++)
		run_private(&search, &state, t);
	visit(&search, &state);
}

void enumeration_fini(struct enumeration *enumeration)
{
	clear(enumeration);
}

static bool conflict(uint32_t readers, uint32_t writers)
{
	const uint32_t all = readers | writers;

	return writers != 0 && (all & (all - 1)) != 0;
}

uint32_t enumeration_conflicts(const struct enumeration *enumeration)
{
	uint32_t set = 0;

	for (unsigned v = 0; v < 2; v++)
		if (conflict(enumeration->readers[v], enumeration->writers[v]))
			set |= 1U << v;
	return set;
}

void enumerate_learning(const struct small_program *program,
			struct enumeration *enumeration)
{
	uint32_t learned = 0;

	do {
		enumeration->visible = learned;
		enumerate(program, enumeration);
		learned |= enumeration_conflicts(enumeration);
	} while (learned != enumeration->visible);
}
