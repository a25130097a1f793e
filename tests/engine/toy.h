/*
 * Programs of green threads that run in the test's own process, on the real
 * runtime and engine: only the hooks are missing, so a program says itself what
 * instrumented code would announce.
 *
 * main creates the threads, joins them, and exits. A test has one program,
 * since a process has one world.
 */
#ifndef TESTS_ENGINE_TOY_H
#define TESTS_ENGINE_TOY_H

#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>

#include "engine/engine.h"

#define TOY_THREADS_MAX 8U

/* What the program's threads share: a page of the world, all of it visible. */
struct toy_memory {
	int x;
	int y;
	int array[64];
	pthread_mutex_t locks[2];
	sem_t semaphore;
	pthread_rwlock_t rwlock;
	pthread_barrier_t barrier;
	jmp_buf ends[TOY_THREADS_MAX]; /* where cancelled threads go */
};

struct toy {
	struct runtime runtime;
	struct engine engine;
	struct shared *shared;
	struct toy_memory *memory;
};
extern struct toy toy;

/* Sets up a program of so many threads; `body` runs on each, with its number
 * from 1 on. x is watched. The next thing is engine_begin(). */
void toy_start(unsigned threads, void (*body)(unsigned number));
/* What main does before it creates the threads; before toy_start(). */
void toy_begin_with(void (*body)(void));

/* Operations, for bodies: announced and then performed. */
ON_FIBER int toy_read(const int *from);
ON_FIBER void toy_write(int *to, int value);
ON_FIBER void toy_lock(unsigned lock);
ON_FIBER void toy_unlock(unsigned lock);
ON_FIBER void toy_print(const char *text);

/* x += 1, in two steps. */
ON_FIBER void toy_increment(unsigned number);

/* Makes the step that the thread's first choice is; the test fails if the
 * thread cannot move. */
void toy_step(uint16_t thread);
/* Steps by first choices until the execution ends. */
void toy_run_out(void);

#endif
