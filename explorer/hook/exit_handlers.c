/*
 * Handlers of exit() and quick_exit().
 *
 * libc has the list and calls them. Under a search it is given one of ours for
 * each of the program's, which calls that one and then says that the next is
 * about to be taken: the first is when exit() is called.
 */
#include <stdlib.h>

#include "hook/hook.h"
#include "runtime/exit_handler.h"

typedef int register_function(void (*)(void *), void *, void *);
typedef int quick_register_function(void (*)(void *), void *);

/* What the program has registered. */
struct handler {
	/* One of __cxa_atexit() gets the status behind its argument. */
	void (*function)(void *, int);
	void (*on_exit)(int, void *);
	void *argument;
	uintptr_t place;
};

static struct handler *handler_new(const struct handler *registered)
{
	struct handler *handler =
		hook_allocate(sizeof(*handler), registered->place);

	if (handler)
		*handler = *registered;
	return handler;
}

/* The list no longer has it. */
static struct handler take(struct handler *handler)
{
	struct handler taken = *handler;

	hook_speak_for(taken.place);
	free(handler);
	return taken;
}

static void call(void *handler, int status)
{
	struct handler taken = take(handler);

	taken.function(taken.argument, status);
	exit_handler_note(hook_runtime, true, taken.place);
}

static void call_on_exit(int status, void *handler)
{
	struct handler taken = take(handler);

	taken.on_exit(status, taken.argument);
	exit_handler_note(hook_runtime, true, taken.place);
}

/* Whether a search is to know of the next one that is registered. Some are
 * before it begins. */
static bool is_noted(uintptr_t place)
{
	if (hook_mode() != MODE_SEARCH)
		return false;
	if (hook_runtime)
		exit_handler_note(hook_runtime, true, place);
	hook_search()->state.exit_handlers++;
	return true;
}

HOOK(int, __cxa_atexit, void (*function)(void *), void *argument, void *module)
{
	register_function *real =
		(register_function *)(uintptr_t)hook_find("__cxa_atexit");
	struct handler *handler;

	if (!is_noted(PLACE))
		return real(function, argument, module);
	handler = handler_new(&(struct handler){
		.function = (void (*)(void *, int))(uintptr_t)function,
		.argument = argument,
		.place = PLACE});
	return handler ? real((void (*)(void *))(uintptr_t)call, handler,
			      module)
		       : -1;
}

EXPORT int on_exit(void (*function)(int, void *), void *argument)
{
	struct handler *handler;

	if (!is_noted(PLACE))
		return REAL(on_exit)(function, argument);
	handler = handler_new(&(struct handler){
		.on_exit = function, .argument = argument, .place = PLACE});
	return handler ? REAL(on_exit)(call_on_exit, handler) : -1;
}

/* These have no argument, so that only the first is said to be taken. */
HOOK(int, __cxa_at_quick_exit, void (*function)(void *), void *module)
{
	quick_register_function *real =
		(quick_register_function *)(uintptr_t)hook_find(
			"__cxa_at_quick_exit");

	if (hook_runtime)
		exit_handler_note(hook_runtime, true, PLACE);
	return real(function, module);
}

EXPORT void quick_exit(int status)
{
	if (hook_runtime)
		exit_handler_note(hook_runtime, true, PLACE);
	REAL(quick_exit)(status);
	__builtin_unreachable();
}
