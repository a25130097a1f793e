/*
 * Threads: create, join, detach, exit, yield, sleep. All silent: they conflict
 * with nothing and are performed as soon as they can be.
 */
#ifndef EXPLORER_RUNTIME_THREAD_H
#define EXPLORER_RUNTIME_THREAD_H

#include <pthread.h>

#include "runtime/runtime.h"

/* The value of pthread_self() for a thread: a function of its slot. */
pthread_t thread_handle(const struct thread *thread);

/* As the pthread functions; `place` is where the program calls them. */
ON_FIBER int thread_create(struct runtime *runtime, pthread_t *ret_thread,
			   const pthread_attr_t *attributes,
			   void *(*start)(void *), void *argument,
			   uintptr_t place);
ON_FIBER int thread_join(struct runtime *runtime, pthread_t target,
			 void **ret_value, uintptr_t place);
ON_FIBER int thread_detach(struct runtime *runtime, pthread_t target);
ON_FIBER _Noreturn void thread_exit(struct runtime *runtime, void *value);
ON_FIBER void thread_yield(struct runtime *runtime);

/* Makes a thread that will call entry(argument) on the stack of `slot`; it is
 * ready to go on. NULL if memory is short or there are too many. */
struct thread *thread_new(struct runtime *runtime, uint32_t slot,
			  void (*entry)(void *), void *argument);

#endif
