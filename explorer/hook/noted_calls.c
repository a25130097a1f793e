/*
 * Noting calls of libraries. See noted_calls.h.
 */
#include "hook/noted_calls.h"

#include <string.h>

#include "base/own_names.h"
#include "hook/cplusplus.h"
#include "hook/cplusplus_calls.h"
#include "hook/libc_calls.h"
#include "world/slots.h"

/* As many stubs as call_stubs.S has, and their size. */
#define STUBS_MAX  2048U
#define STUB_BYTES 16

/* The stubs have no parameter that would bring it along. */
static struct {
	struct noted_call at[STUBS_MAX];
	unsigned count;
} calls;

#ifdef __x86_64__

extern __attribute__((visibility("hidden"))) char call_stubs[];

/* Called by the stub with that number; returns the function to go on with. */
void *noted_call_begins(unsigned number, uintptr_t *words,
			uintptr_t return_address)
	__attribute__((visibility("hidden")));

ON_FIBER void *noted_call_begins(unsigned number, uintptr_t *words,
				 uintptr_t return_address)
{
	const struct noted_call *call = &calls.at[number];

	/* What is no argument would tell states apart while the call waits. */
	for (unsigned i = call->words; i < CALL_WORDS; i++)
		words[i] = 0;
	if (hook_runtime)
		call->note(call, words,
			   call_chain_place(hook_runtime, return_address - 1));
	return call->function;
}

static void *stub_of(unsigned number)
{
	return call_stubs + (size_t)number * STUB_BYTES;
}

#else

static void *stub_of(unsigned number)
{
	return calls.at[number].function;
}

#endif

/* What the library does there is not seen: no matter where nobody else runs. */
void call_note_unknown(const struct noted_call *call, const uintptr_t *words,
		       uintptr_t place)
{
	(void)words;
	if (hook_runtime->state.alive > 1)
		hook_note(call->symbol, place);
}

/* The number of the call, noted before perhaps; STUBS_MAX if there is no room.
 */
static unsigned number_of(const struct noted_call *call)
{
	unsigned number = 0;

	while (number < calls.count &&
	       calls.at[number].function != call->function)
		number++;
	if (number == calls.count && number < STUBS_MAX)
		calls.at[calls.count++] = *call;
	return number;
}

/* Slots also lead to objects, such as std::cout. */
static bool is_code(const struct runtime *runtime, uintptr_t address)
{
	const struct module *module =
		modules_at(&runtime->world.modules, address);

	return module && address >= module->code_start &&
	       address < module->code_end;
}

/* libc, and what belongs to it: neither built with explorer cc nor somebody
 * else's library. */
static bool is_of_system(const struct runtime *runtime, uintptr_t address)
{
	const struct module *module =
		modules_at(&runtime->world.modules, address);

	return !module->framed && !module->foreign;
}

static struct noted_call known(const struct runtime *runtime,
			       const char *symbol, uintptr_t function)
{
	if (symbol[0] == '_' && symbol[1] == 'Z')
		return cplusplus_is_library_of(runtime, function)
			       ? cplusplus_call_known(symbol)
			       : (struct noted_call){.note = NULL};
	return is_of_system(runtime, function)
		       ? libc_call_known(symbol)
		       : (struct noted_call){.note = NULL};
}

static void *choose(void *context, const char *symbol, void *function)
{
	struct runtime *runtime = context;
	struct noted_call call;
	unsigned number;

	if (!is_code(runtime, (uintptr_t)function))
		return function;
	call = known(runtime, symbol, (uintptr_t)function);
	if (!call.note)
		return function;
	call.function = function;
	number = number_of(&call);
	if (number < STUBS_MAX)
		return stub_of(number);
	/* The sentence will name only one of those that are left. */
	runtime_note_uncontrolled(runtime, symbol, (uintptr_t)function, false);
	return function;
}

void noted_calls_watch(struct runtime *runtime)
{
	modules_find(&runtime->world.modules);
	cplusplus_find_streams();
	if (slots_replace(&runtime->world.modules, choose, runtime) < 0)
		runtime_note_uncontrolled(runtime, "mprotect", 0, false);
}
