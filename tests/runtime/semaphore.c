/*
 * explorer/runtime/semaphore.c
 */
#include "runtime/semaphore.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "engine/toy.h"

static char disagreement[200];

static void note(const char *what, int ours, int ours_errno, int real,
		 int real_errno)
{
	if ((ours != real || (real < 0 && ours_errno != real_errno)) &&
	    !disagreement[0])
		snprintf(disagreement, sizeof(disagreement),
			 "%s: %d (%d), really %d (%d)", what, ours, ours_errno,
			 real, real_errno);
}

/* Evaluates both, with errno. */
#define COMPARE(what, ours, real)                                              \
	do {                                                                   \
		int real_result = (real);                                      \
		int real_errno = errno;                                        \
		int ours_result = (ours);                                      \
                                                                               \
		note(what, ours_result, errno, real_result, real_errno);       \
	} while (0)

ON_FIBER static void operate_on_both(unsigned number)
{
	static const unsigned values[] = {0, 1, 3, SEM_VALUE_MAX,
					  (unsigned)SEM_VALUE_MAX + 1};
	sem_t *ours = &toy.memory->semaphore;
	struct runtime *runtime = &toy.runtime;
	sem_t real;
	int value = 0;
	int real_value = 0;

	(void)number;
	sem_init(&real, 0, 0);
	semaphore_init(runtime, ours, 0, 0, 0);
	for (int i = 0; i < 3000; i++) {
		unsigned initial = values[rand() % 5];

		switch (rand() % 6) {
		case 0:
			if (rand() % 8 == 0)
				COMPARE("init",
					semaphore_init(runtime, ours, 0,
						       initial, 0),
					sem_init(&real, 0, initial));
			break;
		case 1:
			COMPARE("post", semaphore_post(runtime, ours, 0),
				sem_post(&real));
			break;
		case 2:
			COMPARE("trywait", semaphore_trywait(runtime, ours, 0),
				sem_trywait(&real));
			break;
		case 3:
			if (real_value > 0)
				COMPARE("wait",
					semaphore_wait(runtime, ours, 0),
					sem_wait(&real));
			break;
		}
		COMPARE("getvalue",
			semaphore_getvalue(runtime, ours, &value, 0),
			sem_getvalue(&real, &real_value));
		note("value", value, 0, real_value, 0);
	}
}

Test(semaphore, answers_as_a_real_one)
{
	toy_start(1, operate_on_both);
	engine_begin(&toy.engine);
	toy_run_out();
	cr_assert(eq(str, disagreement, ""));
	cr_assert(eq(int, toy.engine.ending.kind, END_EXIT));
}

ON_FIBER static void post_or_wait(unsigned number)
{
	if (number == 1)
		semaphore_post(&toy.runtime, &toy.memory->semaphore, 0);
	else
		semaphore_wait(&toy.runtime, &toy.memory->semaphore, 0);
}

Test(semaphore, is_waited_for_until_posted)
{
	toy_start(3, post_or_wait);
	engine_begin(&toy.engine);
	/* All zero is no init, but a value. */
	cr_assert(eq(uint, toy.engine.choice_count, 1));
	toy_step(1);
	cr_assert(eq(uint, toy.engine.choice_count, 2));
	toy_step(3);
	/* The other one waits for ever. */
	cr_assert(eq(int, toy.engine.ending.kind, END_DEADLOCK));
}
