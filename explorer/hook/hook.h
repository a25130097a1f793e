/*
 * What all hooks share: the functions that libexplorer.so exports in place of
 * libc's, libtsan's and libatomic's.
 *
 * Started by hand a program runs natively: every hook passes straight through
 * to the function it stands for. Under a search hook_runtime is set from the
 * moment main starts, and a hook calls the runtime instead.
 */
#ifndef EXPLORER_HOOK_HOOK_H
#define EXPLORER_HOOK_HOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/call_chain.h"

#define EXPORT __attribute__((visibility("default")))

/* NULL unless a green thread of a search runs. libc's functions have no
 * parameter for it. */
extern struct runtime *hook_runtime;

/* How this process was started. */
enum hook_mode {
	MODE_UNKNOWN,
	MODE_NATIVE,
	MODE_NATIVE_REPORT, /* native, and the command wants values at the end
			     */
	MODE_SEARCH,
};
enum hook_mode hook_mode(void);
/* The value of the channel's environment variable, or NULL. */
const char *hook_channel(void);

/* The runtime of this process's search, set up at its first use. */
struct runtime *hook_search(void);

/* Says something on standard error, natively or before a search; and ends the
 * process at once. */
void hook_say(const char *message);
_Noreturn void hook_leave(void);

/* Runs the destructors of the program's modules. */
ON_FIBER void hook_destroy(void);

/* Notes that a function which reaches beyond the world was called. */
void hook_note(const char *function, uintptr_t place);
/* The same of a function whose answer is the same as long as the process lives:
 * only remembered, in case a schedule does something else another time. */
void hook_suspect(const char *function, uintptr_t place);

/* The place in the program that called the hook this is used in. */
#define PLACE ((uintptr_t)__builtin_return_address(0) - 1)

/* The same, or where the program called the library that the place lies in:
 * for what the C++ library does on its behalf. */
#define PROGRAM_PLACE call_chain_place(hook_runtime, PLACE)

/* The next definition of a function behind ours: usually libc's. The process
 * ends with a message if there is none. */
void *hook_find(const char *name);
/* The same, wherever it is; NULL if there is none. */
void *hook_find_any(const char *name);
struct hook_real {
	const char *name;
	void *function;
};
#define REAL(name)                                                             \
	(__extension__({                                                       \
		static struct hook_real real_##name                            \
			__attribute__((section("hook_reals"), used,            \
				       aligned(16))) = {#name, NULL};          \
                                                                               \
		if (!real_##name.function)                                     \
			real_##name.function = hook_find(#name);               \
		(__typeof__(&name))(uintptr_t)real_##name.function;            \
	}))
/* Looks up every REAL() that there is. The loader counts what it looks up, in
 * the world's memory: the first execution would differ from the others. */
void hook_find_all(void);

/* What libc reads and writes on the program's behalf, in ranges: accesses like
 * any other. Nothing natively. */
ON_FIBER void hook_reads(const void *from, size_t bytes, uintptr_t place);
/* Reads of what may be of no interest to anybody: padding that is written to a
 * file, with all the rest of a struct. */
ON_FIBER void hook_passes_on(const void *from, size_t bytes, uintptr_t place);
ON_FIBER void hook_writes(void *to, size_t bytes, uintptr_t place);
/* The kernel is about to write there. Only with a hook_runtime. */
void hook_let_kernel_write(void *to, size_t bytes);

/* The socket to the command; -1 if there is none. */
int hook_socket(void);
/* Whether the descriptor is none of the program's, but the search's. */
bool hook_is_own(int descriptor);

/* Standard input, if the descriptor is it, is about to be read: it is to be
 * rewound with the rest of the world. */
void hook_expect_input(int descriptor);

/* The next malloc() or free() is called in the name of who called at `place`.
 */
void hook_speak_for(uintptr_t place);

/* malloc() for a function that returns what it allocates, to who called it
 * at `place`. */
void *hook_allocate(size_t bytes, uintptr_t place);

/* Defines and exports a function that no header declares. */
#define HOOK(type, name, ...)                                                  \
	EXPORT type name(__VA_ARGS__);                                         \
	EXPORT type name(__VA_ARGS__)

#endif
