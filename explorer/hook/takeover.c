/*
 * Taking over: libc's start function is ours, so that under a search main is
 * called on a green thread, by the search, as often as it likes; and ours is
 * the last function to run when the program exits, after its atexit handlers.
 *
 *     ld.so ─> constructors ─> __libc_start_main (here) ─> libc's
 *           ─> start_main (here) ─> job_serve: searches, never returns
 *                                     └─> enter_main on main's green stack
 */
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/own_names.h"
#include "channel/message.h"
#include "hook/hook.h"
#include "hook/leave.h"
#include "hook/libraries.h"
#include "hook/native_report.h"
#include "hook/native_watch.h"
#include "hook/noted_calls.h"
#include "hook/tsan.h"
#include "job/job.h"
#include "runtime/ending.h"
#include "runtime/foreign.h"
#include "runtime/thread.h"
#include "world/imports.h"

typedef int main_function(int, char **, char **);
typedef int start_function(main_function *, int, char **, void (*)(void),
			   void (*)(void), void (*)(void), void *);

/* A module's functions that run at exit, the last one first. */
struct destructors {
	void (**functions)(void);
	size_t count;
};

/* What main is to be called with; libc's start function has no parameter that
 * would bring it along. */
static struct {
	main_function *function;
	int argc;
	char **argv;
	char **envp;
	void (*loader_exit)(void);
	struct link link;
	struct destructors destructors[MODULES_MAX];
	unsigned destructors_count;
} program;

__attribute__((constructor)) static void init_names(void)
{
	own_names_init();
}

/* --- Under a search */

static char *copy_string(const char *string)
{
	size_t bytes = strlen(string) + 1;
	char *copy = malloc(bytes);

	if (!copy)
		job_quit(1);
	return memcpy(copy, string, bytes);
}

/* A copy in the program's heap: where the kernel puts arguments and
 * environment depends on how large they are. The channel's variable is left
 * out. */
static char **copy_strings(char **strings)
{
	size_t prefix = strlen(CHANNEL_VARIABLE);
	size_t count = 0;
	char **copy;

	while (strings[count])
		count++;
	copy = malloc((count + 1) * sizeof(*copy));
	if (!copy)
		job_quit(1);
	count = 0;
	for (; *strings; strings++)
		if (memcmp(*strings, CHANNEL_VARIABLE "=", prefix + 1) != 0)
			copy[count++] = copy_string(*strings);
	copy[count] = NULL;
	return copy;
}

/* Has a function that never returns go on below `low`, if that lies further
 * down: what main has left there is still to be told. */
#define GO_ON_BELOW(low)                                                       \
	do {                                                                   \
		uintptr_t here_ = (uintptr_t)__builtin_frame_address(0);       \
		size_t room_ =                                                 \
			here_ - (low) < STACK_BYTES ? here_ - (low) : 0;       \
		__asm__ volatile("" ::"r"(__builtin_alloca(room_ + 256)));     \
	} while (0)

/* The lowest of what the program has asked to have watched on main's stack. Any
 * call would write there. */
static inline __attribute__((always_inline)) uintptr_t lowest_asked(void)
{
	const struct runtime_state *state = &hook_runtime->state;
	uintptr_t low = UINTPTR_MAX;

	for (uint32_t i = 0; i < state->asked_count; i++) {
		uintptr_t start = (uintptr_t)state->asked[i].start;

		if (stacks_slot(start) == 0 && start < low)
			low = start;
	}
	return low;
}

ON_FIBER static void enter_main(void *argument)
{
	int status = program.function(program.argc, program.argv, program.envp);

	(void)argument;
	hook_runtime->state.main_returned = true;
	GO_ON_BELOW(lowest_asked());
	exit(status);
}

/* The same natively, where somebody wants to know how it ends. */
static int enter_native_main(int argc, char **argv, char **envp)
{
	int status = program.function(argc, argv, envp);

	GO_ON_BELOW(native_watch_lowest);
	exit(status);
}

/* Notes the destructors of a module, in the loader's order. */
static int note_destructors(struct dl_phdr_info *info, size_t bytes,
			    void *context)
{
	const struct modules *modules = context;
	struct destructors *noted =
		&program.destructors[program.destructors_count];
	const ElfW(Dyn) *dynamic = NULL;

	(void)bytes;
	for (unsigned i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_DYNAMIC)
			dynamic = (const void *)(info->dlpi_addr +
						 info->dlpi_phdr[i].p_vaddr);
	for (unsigned i = 0; i < modules->count; i++)
		if (modules->at[i].bias == info->dlpi_addr &&
		    modules->at[i].own)
			dynamic = NULL;
	*noted = (struct destructors){0};
	for (; dynamic && dynamic->d_tag != DT_NULL; dynamic++) {
		if (dynamic->d_tag == DT_FINI_ARRAY)
			noted->functions = (void (**)(void))(
				info->dlpi_addr + dynamic->d_un.d_ptr);
		else if (dynamic->d_tag == DT_FINI_ARRAYSZ)
			noted->count =
				dynamic->d_un.d_val / sizeof(*noted->functions);
	}
	program.destructors_count += noted->count > 0;
	return program.destructors_count == MODULES_MAX;
}

static int start_main(int argc, char **argv, char **envp)
{
	struct runtime *runtime = hook_search();
	struct copy_hooks accesses = hook_plain_accesses();

	copy_sites_init(&runtime->copy_sites, &accesses);
	hook_find_all();
	leave_init(runtime);
	program.argc = argc;
	program.argv = copy_strings(argv);
	program.envp = copy_strings(envp);
	environ = program.envp;
	noted_calls_watch(runtime);
	if (world_take(&runtime->world) < 0)
		job_quit(1);
	if (imports_finders(&runtime->world.modules))
		libraries_keep();
	if (runtime_start(runtime, enter_main, NULL) < 0 ||
	    link_open(&program.link, hook_channel()) < 0)
		job_quit(1);
	dl_iterate_phdr(note_destructors, &runtime->world.modules);
	ending_catch_faults(runtime);
	link_hello(&program.link, &runtime->world.modules);
	hook_runtime = runtime;
	job_serve(&program.link, runtime);
}

int hook_socket(void)
{
	return hook_runtime ? program.link.socket : -1;
}

ON_FIBER void hook_destroy(void)
{
	foreign_look(hook_runtime);
	for (unsigned i = 0; i < program.destructors_count; i++) {
		const struct destructors *module = &program.destructors[i];

		for (size_t n = module->count; n > 0; n--)
			module->functions[n - 1]();
	}
}

/* Registered before everything else, so called after every other handler. */
ON_FIBER static void exit_search(int status)
{
	hook_destroy();
	ending_exit(hook_runtime, status, 0);
}

/* --- Both */

/* Two threads may exit at once. Each runs handlers that the other has not
 * begun, and whoever finds none left ends the process: there must always be
 * this one. */
ON_FIBER static void exit_search_again(int status, void *unused)
{
	(void)unused;
	REAL(on_exit)(exit_search_again, NULL);
	exit_search(status);
}

/* libc calls it with the status behind the argument that it never got. */
static void last_exit_handler(void *unused, int status)
{
	if (hook_runtime)
		exit_search_again(status, unused);
	if (hook_mode() == MODE_NATIVE_REPORT)
		native_report(status);
	if (program.loader_exit)
		program.loader_exit();
}

typedef int quick_register_function(void (*)(void *), void *);

static void register_last_quick_handler(void);

/* The same for quick_exit(), which runs no destructors. */
static void last_quick_handler(void *unused, int status)
{
	(void)unused;
	if (hook_runtime) {
		register_last_quick_handler();
		ending_exit(hook_runtime, status, 0);
	}
	if (hook_mode() == MODE_NATIVE_REPORT)
		native_report(status);
}

/* libc calls it with the status, as it does the handlers of exit(). */
static void register_last_quick_handler(void)
{
	quick_register_function *real =
		(quick_register_function *)(uintptr_t)hook_find(
			"__cxa_at_quick_exit");

	real((void (*)(void *))(uintptr_t)last_quick_handler, NULL);
}

HOOK(int, __libc_start_main, main_function *function, int argc, char **argv,
     void (*init)(void), void (*fini)(void), void (*loader_exit)(void),
     void *stack_end)
{
	start_function *start =
		(start_function *)(uintptr_t)hook_find("__libc_start_main");

	own_names_init();
	program.function = function;
	program.loader_exit = loader_exit;
	if (hook_mode() != MODE_NATIVE)
		register_last_quick_handler();
	if (hook_mode() == MODE_SEARCH)
		function = start_main;
	else if (hook_mode() == MODE_NATIVE_REPORT) {
		function = enter_native_main;
		native_report_open(hook_channel());
	}
	return start(function, argc, argv, init, fini,
		     (void (*)(void))(uintptr_t)last_exit_handler, stack_end);
}
