/*
 * What is done once. The program's pthread_once_t is 0 before, 2 after, as
 * glibc has it, and 1 while a thread is at it, whose number stands above.
 *
 * To begin is one operation, at which those wait who come meanwhile; to end it
 * another, which only who did the work makes.
 */
#ifndef EXPLORER_RUNTIME_ONCE_H
#define EXPLORER_RUNTIME_ONCE_H

#include <pthread.h>

#include "runtime/runtime.h"

/* As pthread_once(); `place` is where the program calls it. */
ON_FIBER int once_run(struct runtime *runtime, pthread_once_t *control,
		      void (*routine)(void), uintptr_t place);

/* The same in two halves, for who does the work between them: whether it is
 * still to be done, and that it has been. */
ON_FIBER bool once_begin(struct runtime *runtime, pthread_once_t *control,
			 uintptr_t place);
ON_FIBER void once_finish(struct runtime *runtime, pthread_once_t *control,
			  uintptr_t place);

/* The running thread ends within the routine: it is as if it had not begun. */
ON_FIBER void once_abandon(struct runtime *runtime, pthread_once_t *control,
			   uintptr_t place);

/* The bits of the object, an int, that say who is at it. */
#define ONCE_OWNER 0xfffffffcU

/* The number of the thread that is at it; THREADS_MAX if none. */
uint32_t once_runner(uintptr_t address);

#endif
