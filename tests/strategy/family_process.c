/*
 * Families of what threads do to each other and to their process. See family.h.
 */
#include <signal.h>

#include "engine/toy.h"
#include "runtime/ending.h"
#include "runtime/exit_handler.h"
#include "runtime/join.h"
#include "runtime/request.h"
#include "runtime/settings.h"
#include "runtime/specific.h"
#include "runtime/system.h"
#include "runtime/thread.h"
#include "runtime/watched.h"
#include "strategy/family.h"

#define KEY 0U

static struct runtime *const runtime = &toy.runtime;
static const struct deadline soon = {.ns = 1};

/* --- Threads */

/* The last thread is looked for by the others, and may be joined by the first:
 * before main does, who joins it behind the first. */
ON_FIBER static void use_threads(unsigned number, uintptr_t place)
{
	const uint32_t self = runtime->current->number;
	const struct thread *target = &runtime->state.threads[FAMILY_THREADS];
	pthread_t last = thread_handle(target);

	if (number == 0 && self < FAMILY_THREADS)
		join_is_going_on(runtime, target, place);
	else if (number == 1 && self == 1)
		join_try(runtime, last, NULL, place);
	else if (number == 2 && self == 1)
		join_until(runtime, last, NULL, &soon, place);
	else if (number == 3)
		toy_write(&toy.memory->array[0], (int)(place / 10 % 3));
	else
		toy_read(&toy.memory->array[0]);
}

const struct family family_threads = {
	.perform = use_threads,
	.count = 5,
	FAMILY_KINDS(OP_END, OP_KILL, OP_TRYJOIN, OP_TIMEDJOIN,
		     OP_JOIN_TIMEOUT),
};

ON_FIBER static void use_settings(unsigned number, uintptr_t place)
{
	pthread_t main_thread = thread_handle(&runtime->state.threads[0]);

	switch (number) {
	case 0:
	case 1:
		settings_of(runtime, main_thread, number == 0, place);
		return;
	case 2:
		exit_handler_note(runtime, true, place);
		return;
	case 3:
		watched_set(runtime, "name", &toy.memory->array[place / 10 % 2],
			    sizeof(int), place);
		return;
	default:
		toy_write(&toy.memory->array[0], (int)(place / 10 % 3));
		return;
	}
}

const struct family family_settings = {
	.perform = use_settings,
	.count = 5,
	FAMILY_KINDS(OP_THREAD_GET, OP_THREAD_SET, OP_EXIT_HANDLER, OP_WATCH),
};

ON_FIBER static void use_keys(unsigned number, uintptr_t place)
{
	unsigned key;

	switch (number) {
	case 0:
		specific_get(runtime, KEY, place);
		return;
	case 1:
	case 2:
		specific_set(runtime, KEY, &toy, place);
		return;
	case 3:
		specific_key_delete(runtime, KEY, place);
		return;
	case 4:
		specific_key_create(runtime, &key, NULL, place);
		return;
	default:
		toy_increment(0);
		return;
	}
}

ON_FIBER static void make_key(void)
{
	unsigned key;

	specific_key_create(runtime, &key, NULL, 1);
}

const struct family family_keys = {
	.begin = make_key,
	.perform = use_keys,
	.count = 6,
	FAMILY_KINDS(OP_KEY_CREATE, OP_KEY_DELETE, OP_KEY_GET, OP_KEY_SET),
};

/* --- The system */

ON_FIBER static void use_system(unsigned number, uintptr_t place)
{
	switch (number) {
	case 0:
		system_random(runtime, place);
		return;
	case 1:
		system_clock(runtime, place);
		return;
	case 2:
		system_sleep(runtime, 1000, place);
		return;
	case 3:
		toy_print("a");
		return;
	default:
		toy_write(&toy.memory->array[0], 1);
		return;
	}
}

const struct family family_system = {
	.perform = use_system,
	.count = 5,
	FAMILY_KINDS(OP_RANDOM, OP_CLOCK, OP_CLOCK_SLEEP, OP_OUTPUT),
};

/* --- Ends, and what others are to see all of or nothing */

/* Until the stack is used up. */
ON_FIBER static int recurse(int depth)
{
	volatile int local[1000];

	local[0] = depth;
	return local[0] < 0 ? 0 : recurse(depth + 1) + local[0];
}

ON_FIBER static _Noreturn void end(unsigned how, uintptr_t place)
{
	static const struct failure failure = {.expression = "false"};

	switch (how) {
	case 0:
		request_drop(runtime, place);
	case 1:
		ending_assertion(runtime, &failure, place);
	case 2:
		ending_signal(runtime, SIGTERM, place);
	case 3:
		ending_abort(runtime, place);
	case 4:
		ending_exit(runtime, 3, place);
	case 5:
		ending_misuse(runtime, place);
	default:
		recurse(0);
		__builtin_unreachable();
	}
}

#define ENDS 7U
ON_FIBER static void perhaps_end(unsigned number, uintptr_t place)
{
	struct toy_memory *memory = toy.memory;

	switch (number) {
	case 0:
	case 1:
		toy_write(&memory->array[0],
			  (int)request_choose(runtime, 2, place));
		return;
	case 2:
		request_atomic_begin(runtime, place);
		toy_write(&memory->array[1], toy_read(&memory->array[0]));
		request_atomic_end(runtime);
		return;
	case 3:
		toy_read(&memory->array[0]);
		return;
	case 4:
	case 5:
		toy_write(&memory->array[0], (int)(place / 10 % 3));
		return;
	default:
		end(number - 6, place);
	}
}

const struct family family_ends = {
	.perform = perhaps_end,
	.count = 6 + ENDS,
	FAMILY_KINDS(OP_CHOOSE, OP_ATOMIC_SECTION, OP_DROP, OP_ASSERT, OP_CRASH,
		     OP_ABORT, OP_EXIT, OP_MISUSE, OP_OVERFLOW),
};
