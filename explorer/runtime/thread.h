/*
 * Threads: create, exit, yield. All silent: they conflict with nothing and are
 * performed as soon as they can be; an end is a step where others look for it.
 * Joining is in join.h.
 */
#ifndef EXPLORER_RUNTIME_THREAD_H
#define EXPLORER_RUNTIME_THREAD_H

#include <pthread.h>

#include "runtime/runtime.h"

/* The value of pthread_self() for a thread: a function of its slot. */
pthread_t thread_handle(const struct thread *thread);
/* The running thread's, for itself. */
pthread_t thread_self(struct runtime *runtime);

/* The thread with that handle; NULL if there never was one. */
struct thread *thread_find(struct runtime *runtime, pthread_t handle);

/* What a new thread is to be. */
struct thread_plan {
	const pthread_attr_t *attributes; /* NULL: as usual */
	void *(*start)(void *);
	void *argument;
	bool returns_int; /* start does, as C11's */
};

/* As the pthread functions; `place` is where the program calls them. */
ON_FIBER int thread_create(struct runtime *runtime, pthread_t *ret_thread,
			   const struct thread_plan *plan, uintptr_t place);
ON_FIBER _Noreturn void thread_exit(struct runtime *runtime, void *value);
ON_FIBER void thread_yield(struct runtime *runtime);

/* What our own frames may need of a thread's stack. */
#define STACK_BYTES_OWN ((size_t)256 << 10)

/* Makes a thread that will call entry(argument) on the stack of `slot`, whose
 * size is given; it is ready to go on. NULL if memory is short. */
struct thread *thread_new(struct runtime *runtime, uint32_t slot,
			  size_t stack_bytes, void (*entry)(void *),
			  void *argument);

#endif
