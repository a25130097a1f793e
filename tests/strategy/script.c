/*
 * See script.h.
 */
#include "strategy/script.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/random.h"
#include "engine/toy.h"
#include "runtime/atomic.h"
#include "runtime/mutex.h"
#include "runtime/semaphore.h"
#include "runtime/thread.h"

#define OPERATIONS_MAX 6U

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
