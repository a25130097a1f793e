/*
 * C++'s exceptions. See cplusplus.h.
 *
 * An exception that nobody catches ends in the library's own terminate, which
 * calls abort(): what the user wants to know, the type and where it was thrown,
 * is noted on the way.
 */
#include "hook/cplusplus.h"

#include <string.h>

#include "hook/hook.h"

/* The head of a std::type_info. */
struct type_head {
	const void *functions;
	const char *name;
};

HOOK(_Noreturn void, __cxa_throw, void *exception, void *type,
     void (*destructor)(void *))
{
	if (hook_runtime) {
		const struct type_head *head = type;

		hook_runtime->current->thrown = head->name;
		hook_runtime->current->thrown_at = PLACE;
	}
	REAL(__cxa_throw)(exception, type, destructor);
	__builtin_unreachable();
}

bool cplusplus_is_library_of(const struct runtime *runtime, uintptr_t place)
{
	const struct module *module =
		modules_at(&runtime->world.modules, place);

	return module && strstr(module->path, "/libstdc++.so");
}

bool cplusplus_is_library(uintptr_t place)
{
	return cplusplus_is_library_of(hook_runtime, place);
}

/* It has been handled; unless the library itself caught it, to say what it is
 * before it aborts. */
HOOK(void, __cxa_end_catch, void)
{
	if (hook_runtime && !cplusplus_is_library(PLACE)) {
		hook_runtime->current->thrown = NULL;
		hook_runtime->current->thrown_at = 0;
	}
	REAL(__cxa_end_catch)();
}

/* std::terminate, called by the program, or on its behalf where a thread that
 * can still be joined is destroyed. */
EXPORT _Noreturn void _ZSt9terminatev(void);

void _ZSt9terminatev(void)
{
	if (hook_runtime && !hook_runtime->current->thrown)
		hook_runtime->current->thrown_at = PLACE;
	REAL(_ZSt9terminatev)();
	__builtin_unreachable();
}

bool cplusplus_terminates(uintptr_t place)
{
	return hook_runtime->current->thrown_at && cplusplus_is_library(place);
}

/* --- new and delete: it is their callers who ask for blocks and free them */

#define NEW(name)                                                              \
	HOOK(void *, name, size_t bytes)                                       \
	{                                                                      \
		hook_speak_for(PLACE);                                         \
		return REAL(name)(bytes);                                      \
	}

NEW(_Znwm)
NEW(_Znam)

#define DELETE(name)                                                           \
	HOOK(void, name, void *block)                                          \
	{                                                                      \
		hook_speak_for(PLACE);                                         \
		REAL(name)(block);                                             \
	}
#define DELETE_SIZED(name)                                                     \
	HOOK(void, name, void *block, size_t bytes)                            \
	{                                                                      \
		hook_speak_for(PLACE);                                         \
		REAL(name)(block, bytes);                                      \
	}

DELETE(_ZdlPv)
DELETE(_ZdaPv)
DELETE_SIZED(_ZdlPvm)
DELETE_SIZED(_ZdaPvm)
