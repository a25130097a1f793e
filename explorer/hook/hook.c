/*
 * The state behind all hooks, and how it is found.
 */
#include "hook/hook.h"

#include <dlfcn.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/own_names.h"
#include "channel/message.h"
#include "runtime/memory.h"

extern void *__libc_stack_end;

struct runtime *hook_runtime;

static enum hook_mode mode;
static const char *channel;
static struct runtime search;
static bool search_is_set_up;

/* The environment as the kernel laid it out: libc's own view is not there yet
 * when the first hook is called. */
static const char *find_variable(const char *name)
{
	size_t length = strlen(name);
	uintptr_t *at = __libc_stack_end;
	char **variable = (char **)(at + 1 + *at + 1);

	for (; *variable; variable++)
		if (memcmp(*variable, name, length) == 0 &&
		    (*variable)[length] == '=')
			return *variable + length + 1;
	return NULL;
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text);
	size_t end_length = strlen(end);

	return length >= end_length &&
	       strcmp(text + length - end_length, end) == 0;
}

enum hook_mode hook_mode(void)
{
	if (mode != MODE_UNKNOWN)
		return mode;
	channel = find_variable(CHANNEL_VARIABLE);
	if (!channel)
		mode = MODE_NATIVE;
	else if (ends_with(channel, CHANNEL_NATIVE))
		mode = MODE_NATIVE_REPORT;
	else
		mode = MODE_SEARCH;
	return mode;
}

const char *hook_channel(void)
{
	hook_mode();
	return channel;
}

struct runtime *hook_search(void)
{
	if (!search_is_set_up) {
		search_is_set_up = true;
		runtime_init(&search);
	}
	return &search;
}

void hook_say(const char *message)
{
	/* Straight to the kernel: write() is a hook. */
	syscall(SYS_write, STDERR_FILENO, message, strlen(message));
}

_Noreturn void hook_leave(void)
{
	syscall(SYS_exit_group, 2);
	__builtin_trap();
}

void *hook_find(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (!found) {
		hook_say("explorer: the C library has no ");
		hook_say(name);
		hook_say("\n");
		hook_leave();
	}
	return found;
}

void *hook_find_any(const char *name)
{
	return dlsym(RTLD_DEFAULT, name);
}

ON_FIBER void hook_reads(const void *from, size_t bytes, uintptr_t place)
{
	if (hook_runtime && from)
		memory_read_by_libc(hook_runtime, (uintptr_t)from, bytes,
				    place);
}

ON_FIBER void hook_passes_on(const void *from, size_t bytes, uintptr_t place)
{
	if (hook_runtime && from)
		memory_range(hook_runtime, (uintptr_t)from, bytes, false,
			     place);
}

ON_FIBER void hook_writes(void *to, size_t bytes, uintptr_t place)
{
	if (hook_runtime && to)
		memory_range(hook_runtime, (uintptr_t)to, bytes, true, place);
}

void hook_note(const char *function, uintptr_t place)
{
	if (hook_runtime && hook_runtime->current)
		runtime_note_uncontrolled(hook_runtime, function, place, false);
}

void hook_suspect(const char *function, uintptr_t place)
{
	if (hook_runtime && hook_runtime->current)
		runtime_note_uncontrolled(hook_runtime, function, place, true);
}

/* The section's bounds, from the linker. */
extern __attribute__((
	visibility("hidden"))) struct hook_real __start_hook_reals[];
extern __attribute__((
	visibility("hidden"))) struct hook_real __stop_hook_reals[];

/* What is missing is missed by whoever calls it. */
void hook_find_all(void)
{
	/* Between two symbols of the linker: an object that C does not know. */
	size_t count =
		((uintptr_t)__stop_hook_reals - (uintptr_t)__start_hook_reals) /
		sizeof(__start_hook_reals[0]);

	for (size_t i = 0; i < count; i++) {
		struct hook_real *real = &__start_hook_reals[i];

		if (!real->function)
			real->function = dlsym(RTLD_NEXT, real->name);
	}
}
