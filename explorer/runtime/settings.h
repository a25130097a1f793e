/*
 * What threads are told about themselves and others, and what makes no
 * difference to how they run here: names, scheduling, processors.
 *
 * The program runs on a machine of two processors, whatever the real one has:
 * what it starts for each of them is the same everywhere.
 */
#ifndef EXPLORER_RUNTIME_SETTINGS_H
#define EXPLORER_RUNTIME_SETTINGS_H

#include <pthread.h>

#include "runtime/runtime.h"

#define SETTINGS_PROCESSORS 2U

/* What main begins with. `name` is the program's. */
void settings_init(struct thread_settings *settings, const char *name);

/* The settings of a thread, NULL if there is none (any more), for the running
 * thread to read or to change: a step, where others change or read them. */
ON_FIBER struct thread_settings *settings_of(struct runtime *runtime,
					     pthread_t thread, bool change,
					     uintptr_t place);

/* As pthread_setconcurrency, and pthread_getconcurrency with -1. */
ON_FIBER int settings_concurrency(struct runtime *runtime, int level,
				  uintptr_t place);

/* Makes the thread run as the policy and the priority say: 0 or EINVAL. */
int settings_schedule(struct thread_settings *settings, int policy,
		      int priority);

#endif
