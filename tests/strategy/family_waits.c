/*
 * Families of what threads wait at for each other. See family.h.
 */
#include <fcntl.h>

#include "engine/toy.h"
#include "runtime/barrier.h"
#include "runtime/cancel.h"
#include "runtime/condition.h"
#include "runtime/futex.h"
#include "runtime/join.h"
#include "runtime/semaphore.h"
#include "runtime/semaphore_named.h"
#include "runtime/thread.h"
#include "strategy/family.h"

static struct runtime *const runtime = &toy.runtime;
static const struct deadline soon = {.ns = 1};

static pthread_cond_t *condition(void)
{
	return (pthread_cond_t *)&toy.memory->array[16];
}

/* --- Semaphores */

ON_FIBER static void use_semaphore(unsigned number, uintptr_t place)
{
	sem_t *semaphore = &toy.memory->semaphore;
	int value;

	switch (number) {
	case 0:
		semaphore_init(runtime, semaphore, 0, 1, place);
		return;
	case 1:
		semaphore_destroy(runtime, semaphore, place);
		return;
	case 2:
		semaphore_trywait(runtime, semaphore, place);
		return;
	case 3:
		semaphore_getvalue(runtime, semaphore, &value, place);
		return;
	case 4:
		semaphore_wait(runtime, semaphore, place);
		return;
	case 5:
		if (semaphore_wait_until(runtime, semaphore, &soon, place) != 0)
			toy_write(&toy.memory->array[0], 1);
		return;
	default:
		semaphore_post(runtime, semaphore, place);
		return;
	}
}

const struct family family_semaphores = {
	.perform = use_semaphore,
	.count = 8,
	FAMILY_KINDS(OP_SEM_INIT, OP_SEM_DESTROY, OP_SEM_WAIT, OP_SEM_TIMEDWAIT,
		     OP_SEM_TIMEOUT, OP_SEM_TRYWAIT, OP_SEM_POST,
		     OP_SEM_GETVALUE),
};

ON_FIBER static void use_named_semaphore(unsigned number, uintptr_t place)
{
	sem_t *semaphore;

	switch (number) {
	case 0:
		semaphore_open(runtime, "/a", O_CREAT, 1, place);
		return;
	case 1:
		semaphore_open(runtime, "/a", 0, 0, place);
		return;
	case 2:
		semaphore_open(runtime, "/b", O_CREAT | O_EXCL, 0, place);
		return;
	case 3:
	case 4:
		semaphore_unlink(runtime, number == 3 ? "/a" : "/b", place);
		return;
	case 5:
		semaphore = semaphore_open(runtime, "/a", O_CREAT, 1, place);
		if (semaphore != SEM_FAILED)
			semaphore_trywait(runtime, semaphore, place + 1);
		return;
	default:
		semaphore = semaphore_open(runtime, "/a", O_CREAT, 1, place);
		if (semaphore != SEM_FAILED)
			semaphore_close(runtime, semaphore, place + 1);
		return;
	}
}

const struct family family_named_semaphores = {
	.perform = use_named_semaphore,
	.count = 7,
	FAMILY_KINDS(OP_SEM_OPEN, OP_SEM_FIND, OP_SEM_UNLINK, OP_SEM_CLOSE),
};

/* --- Condition variables */

ON_FIBER static void wait_for_condition(const struct deadline *deadline,
					uintptr_t place)
{
	toy_lock(0);
	if (condition_wait_until(runtime, condition(), &toy.memory->locks[0],
				 deadline, place) != 0)
		toy_write(&toy.memory->array[0], 1);
	toy_unlock(0);
}

ON_FIBER static void use_condition(unsigned number, uintptr_t place)
{
	switch (number) {
	case 0:
		wait_for_condition(&DEADLINE_NEVER, place);
		return;
	case 1:
		wait_for_condition(&soon, place);
		return;
	case 2:
		condition_broadcast(runtime, condition(), place);
		return;
	case 3:
	case 4:
		condition_signal(runtime, condition(), place);
		return;
	default:
		toy_read(&toy.memory->array[0]);
		return;
	}
}

const struct family family_conditions = {
	.perform = use_condition,
	.count = 6,
	FAMILY_KINDS(OP_COND_WAIT, OP_COND_REACQUIRE, OP_COND_TIMEOUT,
		     OP_COND_SPURIOUS, OP_COND_SIGNAL, OP_COND_BROADCAST),
};

/* To destroy one waits until those who were woken are gone. */
ON_FIBER static void end_condition(unsigned number, uintptr_t place)
{
	switch (number) {
	case 0:
	case 1:
		wait_for_condition(&DEADLINE_NEVER, place);
		return;
	case 2:
		condition_broadcast(runtime, condition(), place);
		return;
	case 3:
		condition_init(runtime, condition(), place);
		return;
	default:
		condition_destroy(runtime, condition(), place);
		return;
	}
}

const struct family family_condition_ends = {
	.perform = end_condition,
	.count = 5,
	FAMILY_KINDS(OP_COND_INIT, OP_COND_DESTROY, OP_COND_DRAIN),
};

/* --- Futexes */

ON_FIBER static void use_futex(unsigned number, uintptr_t place)
{
	int *word = &toy.memory->x;
	uint32_t *futex = (uint32_t *)word;

	switch (number) {
	case 0:
	case 1:
		futex_wait(runtime, futex, number, UINT32_MAX, &DEADLINE_NEVER,
			   place);
		return;
	case 2:
		futex_wait(runtime, futex, 0, UINT32_MAX, &soon, place);
		return;
	case 3:
	case 4:
		futex_wake(runtime, futex, number - 2, UINT32_MAX, place);
		return;
	default:
		toy_write(word, (int)(place / 10 % 2));
		return;
	}
}

const struct family family_futexes = {
	.perform = use_futex,
	.count = 6,
	FAMILY_KINDS(OP_FUTEX_WAIT, OP_FUTEX_AWAKE, OP_FUTEX_TIMEOUT,
		     OP_FUTEX_SPURIOUS, OP_FUTEX_WAKE),
};

/* --- Barriers */

ON_FIBER static void use_barrier(unsigned number, uintptr_t place)
{
	pthread_barrier_t *barrier = &toy.memory->barrier;

	switch (number) {
	case 0:
		barrier_init(runtime, barrier, 2, place);
		return;
	case 1:
		barrier_destroy(runtime, barrier, place);
		return;
	case 2:
		toy_write(&toy.memory->array[0], 1);
		return;
	case 3:
		toy_read(&toy.memory->array[0]);
		return;
	default:
		if (barrier_wait(runtime, barrier, place) != 0)
			toy_write(&toy.memory->array[1],
				  (int)runtime->current->number);
		return;
	}
}

ON_FIBER static void make_barrier(void)
{
	barrier_init(runtime, &toy.memory->barrier, 2, 1);
}

const struct family family_barriers = {
	.begin = make_barrier,
	.perform = use_barrier,
	.count = 7,
	FAMILY_KINDS(OP_BARRIER_INIT, OP_BARRIER_DESTROY, OP_BARRIER_ARRIVE,
		     OP_BARRIER_LEAVE),
};

/* --- Waits in which a thread is cancelled: the first, by the others */

ON_FIBER static void wait_somehow(unsigned number, uintptr_t place)
{
	switch (number) {
	case 0:
		semaphore_wait(runtime, &toy.memory->semaphore, place);
		return;
	case 1:
		wait_for_condition(&DEADLINE_NEVER, place);
		return;
	default:
		join_wait(
			runtime,
			thread_handle(&runtime->state.threads[FAMILY_THREADS]),
			NULL, place);
		return;
	}
}

ON_FIBER static void cancel_wait(unsigned number, uintptr_t place)
{
	if (runtime->current->number == 1) {
		wait_somehow(number % 3, place);
		return;
	}
	switch (number) {
	case 0:
	case 1:
		cancel_request(runtime,
			       thread_handle(&runtime->state.threads[1]),
			       place);
		return;
	case 2:
		semaphore_post(runtime, &toy.memory->semaphore, place);
		return;
	case 3:
		condition_signal(runtime, condition(), place);
		return;
	default:
		toy_write(&toy.memory->array[0], (int)(place / 10 % 3));
		return;
	}
}

const struct family family_cancelled_waits = {
	.perform = cancel_wait,
	.count = 5,
	FAMILY_KINDS(OP_CANCEL, OP_TESTCANCEL, OP_SEM_CANCELLED,
		     OP_COND_CANCELLED, OP_JOIN_WAIT, OP_JOIN_CANCELLED),
};
