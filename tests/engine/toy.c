/*
 * See toy.h.
 */
#include "engine/toy.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>
#include <sys/mman.h>

#include "runtime/ending.h"
#include "runtime/join.h"
#include "runtime/memory.h"
#include "runtime/mutex.h"
#include "runtime/system.h"
#include "runtime/thread.h"

struct toy toy;

static unsigned thread_count;
static void (*thread_body)(unsigned);
static void (*first_body)(void);
static struct piece watched;

ON_FIBER static void *run_thread(void *argument)
{
	const unsigned number = (unsigned)(uintptr_t)argument;

	if (setjmp(toy.memory->ends[number - 1]) == 0)
		thread_body(number);
	return NULL;
}

ON_FIBER static void leave(struct runtime *runtime)
{
	longjmp(toy.memory->ends[runtime->current->number - 1], 1);
}

ON_FIBER static void run_main(void *unused)
{
	pthread_t created[TOY_THREADS_MAX] = {0};

	(void)unused;
	if (first_body)
		first_body();
	for (uintptr_t i = 0; i < thread_count; i++)
		thread_create(
			&toy.runtime, &created[i],
			&(struct thread_plan){.start = run_thread,
					      .argument = (void *)(i + 1)},
			1);
	for (unsigned i = 0; i < thread_count; i++)
		join_wait(&toy.runtime, created[i], NULL, 2);
	ending_exit(&toy.runtime, 0, 3);
}

static void *map(size_t bytes)
{
	void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	cr_assert(ne(ptr, memory, MAP_FAILED));
	return memory;
}

void toy_begin_with(void (*body)(void))
{
	first_body = body;
}

void toy_start(unsigned threads, void (*body)(unsigned number))
{
	struct runtime *runtime = &toy.runtime;

	cr_assert(le(uint, threads, TOY_THREADS_MAX));
	thread_count = threads;
	thread_body = body;
	toy.memory = map(PAGE_BYTES);
	toy.shared = map(SHARED_BYTES);
	runtime_init(runtime);
	runtime->unwind = leave;
	pages_add(&runtime->world.pages, toy.memory, PAGE_BYTES);
	output_init(&runtime->world.output);
	visible_add_range(&runtime->visible, (uintptr_t)toy.memory,
			  sizeof(*toy.memory));
	watched = (struct piece){&toy.memory->x, sizeof(toy.memory->x)};
	runtime->watched = &watched;
	runtime->watched_count = 1;
	runtime->slot_used[0] = true;
	cr_assert(ne(ptr, thread_new(runtime, 0, STACK_BYTES, run_main, NULL),
		     NULL));
	ending_catch_faults(runtime);
	engine_init(&toy.engine, runtime, toy.shared);
	toy.engine.frozen = true;
}

ON_FIBER int toy_read(const int *from)
{
	memory_access(&toy.runtime, (uintptr_t)from, sizeof(*from), false,
		      (uintptr_t)from);
	return *(const volatile int *)from;
}

ON_FIBER void toy_write(int *to, int value)
{
	memory_access(&toy.runtime, (uintptr_t)to, sizeof(*to), true,
		      (uintptr_t)to);
	*(volatile int *)to = value;
}

ON_FIBER void toy_lock(unsigned lock)
{
	mutex_lock(&toy.runtime, &toy.memory->locks[lock], 6 + lock);
}

ON_FIBER void toy_unlock(unsigned lock)
{
	mutex_unlock(&toy.runtime, &toy.memory->locks[lock], 8);
}

ON_FIBER void toy_print(const char *text)
{
	system_output(&toy.runtime, 1, 9);
	output_add(&toy.runtime.world.output, text, strlen(text));
}

ON_FIBER void toy_increment(unsigned number)
{
	(void)number;
	toy_write(&toy.memory->x, toy_read(&toy.memory->x) + 1);
}

void toy_step(uint16_t thread)
{
	for (uint32_t i = 0; i < toy.engine.choice_count; i++) {
		if (toy.engine.choices[i].thread == thread) {
			engine_step(&toy.engine, toy.engine.choices[i]);
			return;
		}
	}
	cr_fail("thread %u cannot move", thread);
}

void toy_run_out(void)
{
	while (!toy.engine.ended)
		engine_step(&toy.engine, toy.engine.choices[0]);
}
