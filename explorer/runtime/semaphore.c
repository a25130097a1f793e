/*
 * Semaphores. See semaphore.h.
 */
#include "runtime/semaphore.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "runtime/alternative.h"
#include "runtime/announce.h"
#include "runtime/cancel.h"
#include "runtime/mark.h"
#include "runtime/misuse.h"
/* The last of the program's sem_t's words, which glibc does not use: where the
 * mark is (mark.h). */
#define MARK_AT (sizeof(sem_t) / sizeof(uint64_t) - 1)

static unsigned *value_of(sem_t *semaphore)
{
	return (unsigned *)(void *)semaphore;
}

static uint64_t *mark_of(sem_t *semaphore)
{
	return (uint64_t *)(void *)semaphore + MARK_AT;
}

bool semaphore_is_positive(uintptr_t address)
{
	return *(const unsigned *)address > 0;
}

/* Touches the semaphore first: see mutex.c. */
ON_FIBER static void announce(struct runtime *runtime, enum op op,
			      sem_t *semaphore, uintptr_t place)
{
	(void)*(volatile unsigned *)value_of(semaphore);
	runtime_announce_on(runtime, op, (uintptr_t)semaphore, place);
}

/* What every one of these functions returns: 0, or -1 with errno. */
ON_FIBER static int answer(struct runtime *runtime, int error)
{
	if (error)
		errno = error;
	return runtime->current->result = error ? -1 : 0;
}

void semaphore_revive(const struct runtime *runtime, sem_t *semaphore)
{
	*mark_of(semaphore) = mark_ready(runtime, (uintptr_t)semaphore);
}

void semaphore_set(const struct runtime *runtime, sem_t *semaphore,
		   unsigned value)
{
	memset(semaphore, 0, sizeof(*semaphore));
	*value_of(semaphore) = value;
	semaphore_revive(runtime, semaphore);
}

ON_FIBER int semaphore_init(struct runtime *runtime, sem_t *semaphore,
			    int shared, unsigned value, uintptr_t place)
{
	(void)shared;
	if (value > SEM_VALUE_MAX) {
		errno = EINVAL;
		return -1;
	}
	announce(runtime, OP_SEM_INIT, semaphore, place);
	if (mark_is_same(runtime, (uintptr_t)semaphore, *mark_of(semaphore)))
		misuse_see(runtime, MISUSE_INIT_AGAIN);
	semaphore_set(runtime, semaphore, value);
	return answer(runtime, 0);
}

/* Those who wait for it would wait for ever. */
ON_FIBER static void see_waiters(struct runtime *runtime,
				 const sem_t *semaphore)
{
	const struct thread *thread;

	FOR_LIVE(thread, &runtime->state)
	if (thread->state == THREAD_PENDING &&
	    thread->pending.op == OP_SEM_WAIT &&
	    thread->pending.address == (uintptr_t)semaphore &&
	    !semaphore_is_positive((uintptr_t)semaphore)) {
		misuse_see(runtime, MISUSE_DESTROY_WAITED);
		return;
	}
}

ON_FIBER void semaphore_retire(struct runtime *runtime, sem_t *semaphore)
{
	if (!mark_check(runtime, *mark_of(semaphore)))
		see_waiters(runtime, semaphore);
	*mark_of(semaphore) = mark_destroyed();
}

ON_FIBER int semaphore_destroy(struct runtime *runtime, sem_t *semaphore,
			       uintptr_t place)
{
	announce(runtime, OP_SEM_DESTROY, semaphore, place);
	semaphore_retire(runtime, semaphore);
	return answer(runtime, 0);
}

/* Who waits for what is no semaphore may wait for ever, so it is to be said
 * before. */
ON_FIBER static void see_before_wait(struct runtime *runtime, sem_t *semaphore,
				     uintptr_t place)
{
	enum life life = mark_life(*mark_of(semaphore));
	struct operation operation = {.op = OP_SEM_WAIT,
				      .order = ORDER_PLAIN,
				      .address = (uintptr_t)semaphore,
				      .place = place};

	if (semaphore_is_positive((uintptr_t)semaphore))
		return;
	if (life == LIFE_DESTROYED)
		misuse_see_of(runtime, MISUSE_USE_DESTROYED, &operation,
			      THREADS_MAX);
	else if (life == LIFE_UNKNOWN)
		misuse_see_of(runtime, MISUSE_USE_UNINITIALISED, &operation,
			      THREADS_MAX);
}

/* `flag` says whether the thread is cancelled; 0: it cannot be. */
ON_FIBER static int wait_until(struct runtime *runtime, sem_t *semaphore,
			       const struct deadline *deadline, uintptr_t flag,
			       uintptr_t place)
{
	const unsigned kind =
		deadline_kind(runtime, deadline) | (flag ? WAIT_CANCEL : 0U);

	(void)*(volatile unsigned *)value_of(semaphore);
	runtime_announce(runtime,
			 &(struct operation){.op = OP_SEM_TIMEDWAIT,
					     .order = ORDER_PLAIN,
					     .alternatives = (uint16_t)kind,
					     .address = (uintptr_t)semaphore,
					     .bytes = flag,
					     .place = place});
	if (runtime->current->alternative == RESULT_CANCELLED)
		cancel_act(runtime);
	if (runtime->current->alternative > 0)
		return answer(runtime, deadline_pass(runtime, deadline));
	mark_check(runtime, *mark_of(semaphore));
	--*value_of(semaphore);
	return answer(runtime, 0);
}

ON_FIBER int semaphore_wait(struct runtime *runtime, sem_t *semaphore,
			    uintptr_t place)
{
	uintptr_t flag = cancel_point(runtime, place);

	see_before_wait(runtime, semaphore, place);
	if (flag)
		return wait_until(runtime, semaphore, &DEADLINE_NEVER, flag,
				  place);
	announce(runtime, OP_SEM_WAIT, semaphore, place);
	mark_check(runtime, *mark_of(semaphore));
	--*value_of(semaphore);
	return answer(runtime, 0);
}

ON_FIBER int semaphore_wait_until(struct runtime *runtime, sem_t *semaphore,
				  const struct deadline *deadline,
				  uintptr_t place)
{
	if (deadline->invalid)
		return answer(runtime, EINVAL);
	return wait_until(runtime, semaphore, deadline,
			  cancel_point(runtime, place), place);
}

ON_FIBER int semaphore_trywait(struct runtime *runtime, sem_t *semaphore,
			       uintptr_t place)
{
	announce(runtime, OP_SEM_TRYWAIT, semaphore, place);
	mark_check(runtime, *mark_of(semaphore));
	if (*value_of(semaphore) == 0)
		return answer(runtime, EAGAIN);
	--*value_of(semaphore);
	return answer(runtime, 0);
}

/* Two posts commute unless the second one is too many: who comes second then
 * learns of it. No execution has as many steps as would be needed from here. */
static enum commuting post_commutes(const struct runtime *runtime,
				    sem_t *semaphore)
{
	return runtime->refined && *value_of(semaphore) <= SEM_VALUE_MAX / 2
		       ? COMMUTES_POSTS
		       : COMMUTES_NOT;
}

ON_FIBER int semaphore_post(struct runtime *runtime, sem_t *semaphore,
			    uintptr_t place)
{
	runtime_announce(
		runtime,
		&(struct operation){.op = OP_SEM_POST,
				    .order = ORDER_PLAIN,
				    .address = (uintptr_t)semaphore,
				    .detail = post_commutes(runtime, semaphore),
				    .place = place});
	mark_check(runtime, *mark_of(semaphore));
	if (*value_of(semaphore) == SEM_VALUE_MAX)
		return answer(runtime, EOVERFLOW);
	++*value_of(semaphore);
	return answer(runtime, 0);
}

ON_FIBER int semaphore_getvalue(struct runtime *runtime, sem_t *semaphore,
				int *ret_value, uintptr_t place)
{
	announce(runtime, OP_SEM_GETVALUE, semaphore, place);
	mark_check(runtime, *mark_of(semaphore));
	*ret_value = (int)*value_of(semaphore);
	return answer(runtime, 0);
}
