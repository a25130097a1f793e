/*
 * Operations that end the process. They are announced like any other, conflict
 * with everything, and nobody returns from them: the engine performs them.
 */
#ifndef EXPLORER_RUNTIME_ENDING_H
#define EXPLORER_RUNTIME_ENDING_H

#include "runtime/runtime.h"

/* The address of a crash that has none, or none that is known. */
#define ENDING_NO_ADDRESS ((uintptr_t)1 << (sizeof(uintptr_t) * 8 - 1))

/* The process exits with `status`; atexit handlers have run. */
ON_FIBER _Noreturn void ending_exit(struct runtime *runtime, int status,
				    uintptr_t place);
ON_FIBER _Noreturn void ending_abort(struct runtime *runtime, uintptr_t place);
/* A signal ends the process that was sent at `place`. */
ON_FIBER _Noreturn void ending_signal(struct runtime *runtime, int number,
				      uintptr_t place);
/* A misuse was seen after which there is no way to go on. */
ON_FIBER _Noreturn void ending_misuse(struct runtime *runtime, uintptr_t place);
/* C++'s library aborts, since nobody caught what the thread threw last. */
ON_FIBER _Noreturn void ending_uncaught(struct runtime *runtime);
/* An assertion failed. The strings of *failure are literals. */
ON_FIBER _Noreturn void ending_assertion(struct runtime *runtime,
					 const struct failure *failure,
					 uintptr_t place);

/*
 * Installs handlers for SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT and
 * the command's hang signal. A write to a cold page makes it hot; any other
 * fault of a green thread parks it with an ending operation, so the search goes
 * on in this process. `runtime` must outlive the process's use of them.
 */
void ending_catch_faults(struct runtime *runtime);

#endif
