/*
 * Condition variables. See condition.h.
 */
#include "runtime/condition.h"

#include <errno.h>
#include <string.h>

#include "runtime/alternative.h"
#include "runtime/announce.h"
#include "runtime/cancel.h"
#include "runtime/mark.h"
#include "runtime/misuse.h"
#include "runtime/mutex.h"
#include "runtime/mutex_state.h"
#include "runtime/signals.h"

/* --- Who waits */

static bool is_waiter(const struct thread *thread, uintptr_t address)
{
	return thread->waits_on == address && !thread->signalled;
}

uint32_t condition_waiters(const struct runtime_state *state, uintptr_t address)
{
	const struct thread *thread;
	uint32_t count = 0;

	FOR_LIVE(thread, state)
	count += is_waiter(thread, address);
	return count;
}

struct thread *condition_waiter(struct runtime_state *state, uintptr_t address,
				uint32_t n)
{
	struct thread *thread;

	FOR_LIVE(thread, state)
	{
		const struct thread *other;
		uint32_t before = 0;

		if (!is_waiter(thread, address))
			continue;
		for (uint32_t i = 0; i < state->alive; i++) {
			other = &state->threads[state->live[i]];
			before += is_waiter(other, address) &&
				  other->slot < thread->slot;
		}
		if (before == n)
			return thread;
	}
	return NULL;
}

/* --- Operations */

/* Touches the condition variable first: see mutex.c. */
ON_FIBER static void announce(struct runtime *runtime, enum op op,
			      const pthread_cond_t *condition,
			      const pthread_mutex_t *mutex, uintptr_t place)
{
	(void)*(const volatile int *)&condition->__data.__wrefs;
	runtime_announce(runtime,
			 &(struct operation){
				 .op = (uint8_t)op,
				 .order = ORDER_PLAIN,
				 .alternatives = op == OP_COND_SIGNAL ? 2 : 0,
				 .address = (uintptr_t)condition,
				 .source = (uintptr_t)mutex,
				 .place = place});
}

/* All that the program's object holds: see mark.h. */
static uint64_t *mark_of(pthread_cond_t *condition)
{
	return (uint64_t *)(void *)condition;
}

ON_FIBER int condition_init(struct runtime *runtime, pthread_cond_t *condition,
			    uintptr_t place)
{
	uint64_t *mark = mark_of(condition);

	announce(runtime, OP_COND_INIT, condition, NULL, place);
	if (condition_waiters(&runtime->state, (uintptr_t)condition) > 0)
		misuse_see(runtime, MISUSE_INIT_HELD);
	else if (mark_is_same(runtime, (uintptr_t)condition, *mark))
		misuse_see(runtime, MISUSE_INIT_AGAIN);
	memset(condition, 0, sizeof(*condition));
	*mark = mark_ready(runtime, (uintptr_t)condition);
	return runtime->current->result = 0;
}

/* As glibc does, it waits until those who wait have been woken. */
ON_FIBER int condition_destroy(struct runtime *runtime,
			       pthread_cond_t *condition, uintptr_t place)
{
	uint64_t *mark = mark_of(condition);

	announce(runtime, OP_COND_DESTROY, condition, NULL, place);
	mark_check(runtime, *mark);
	*mark = mark_destroyed();
	if (condition_waiters(&runtime->state, (uintptr_t)condition) > 0) {
		misuse_see(runtime, MISUSE_DESTROY_WAITED);
		announce(runtime, OP_COND_DRAIN, condition, NULL, place);
	}
	return runtime->current->result = 0;
}

/* Somebody who waits for the condition variable with another mutex; NULL if
 * there is nobody. Who spins in such waits is passed over: this has been seen
 * before it slept. */
static const struct thread *find_stranger(const struct runtime *runtime,
					  const pthread_cond_t *condition,
					  const pthread_mutex_t *mutex)
{
	const struct thread *thread;

	FOR_LIVE(thread, &runtime->state)
	if (is_waiter(thread, (uintptr_t)condition) &&
	    thread->pending.op == OP_COND_REACQUIRE &&
	    thread->pending.address != (uintptr_t)mutex)
		return thread;
	return NULL;
}

ON_FIBER static void check_wait(struct runtime *runtime,
				pthread_cond_t *condition,
				const pthread_mutex_t *mutex)
{
	const struct thread *stranger =
		find_stranger(runtime, condition, mutex);

	mark_check(runtime, *mark_of(condition));
	if (mutex_owner((uintptr_t)mutex) != runtime->current->number &&
	    !mutex_checks_owner(mutex))
		misuse_see(runtime, MISUSE_WAIT_NOT_HELD);
	if (stranger)
		misuse_see_with(runtime, MISUSE_TWO_MUTEXES, stranger->number,
				stranger->pending.place);
}

/* The second half of a wait: until it is signalled, or stops waiting. */
ON_FIBER static int reacquire(struct runtime *runtime, pthread_mutex_t *mutex,
			      const struct deadline *deadline, uintptr_t place)
{
	struct thread *thread = runtime->current;
	uintptr_t flag = cancel_watch(runtime, place);
	unsigned kind = deadline_kind(runtime, deadline) |
			(runtime->spurious_max > 0 ? WAIT_SPURIOUS : 0U) |
			(flag ? WAIT_CANCEL : 0U);
	uint16_t result;
	int error;

	runtime_announce(runtime,
			 &(struct operation){.op = OP_COND_REACQUIRE,
					     .order = ORDER_PLAIN,
					     .alternatives = (uint16_t)kind,
					     .address = (uintptr_t)mutex,
					     .source = thread->waits_on,
					     .bytes = flag,
					     .place = place});
	result = thread->alternative;
	thread->waits_on = 0;
	error = mutex_acquire(runtime, mutex);
	if (result == RESULT_CANCELLED) {
		signals_leave(runtime, mutex, place);
		cancel_act(runtime);
	}
	runtime->state.spurious += result == 2;
	return result == 1 ? deadline_pass(runtime, deadline) : error;
}

/* Begins to wait. Returns whether it is cancelled at once, before it could see
 * that the deadline has passed: else who waits so again and again might never
 * be. */
ON_FIBER static bool begin_wait(struct runtime *runtime,
				const pthread_cond_t *condition,
				const pthread_mutex_t *mutex,
				const struct deadline *deadline,
				uintptr_t place)
{
	bool is_late = deadline_kind(runtime, deadline) & WAIT_PASSED;

	(void)*(const volatile int *)&condition->__data.__wrefs;
	runtime_announce(
		runtime,
		&(struct operation){
			.op = OP_COND_WAIT,
			.order = ORDER_PLAIN,
			.address = (uintptr_t)condition,
			.source = (uintptr_t)mutex,
			.bytes = is_late ? cancel_watch(runtime, place) : 0,
			.place = place});
	return is_late && cancel_is_due(runtime->current);
}

ON_FIBER int condition_wait_until(struct runtime *runtime,
				  pthread_cond_t *condition,
				  pthread_mutex_t *mutex,
				  const struct deadline *deadline,
				  uintptr_t place)
{
	struct thread *thread = runtime->current;
	const struct deadline never = DEADLINE_NEVER;
	bool is_cancelled;

	if (deadline->invalid)
		return EINVAL;
	(void)*(const volatile int *)&mutex->__data.__lock;
	is_cancelled = begin_wait(runtime, condition, mutex, deadline, place);
	check_wait(runtime, condition, mutex);
	thread->result = mutex_release(runtime, mutex);
	if (thread->result)
		return thread->result;
	thread->waits_on = (uintptr_t)condition;
	thread->signalled = 0;
	return thread->result = reacquire(
		       runtime, mutex, is_cancelled ? &never : deadline, place);
}

ON_FIBER int condition_wait(struct runtime *runtime, pthread_cond_t *condition,
			    pthread_mutex_t *mutex, uintptr_t place)
{
	return condition_wait_until(runtime, condition, mutex, &DEADLINE_NEVER,
				    place);
}

ON_FIBER int condition_signal(struct runtime *runtime,
			      pthread_cond_t *condition, uintptr_t place)
{
	struct thread *woken;

	announce(runtime, OP_COND_SIGNAL, condition, NULL, place);
	mark_check(runtime, *mark_of(condition));
	woken = condition_waiter(&runtime->state, (uintptr_t)condition,
				 runtime->current->alternative);
	if (woken)
		woken->signalled = runtime->step;
	return runtime->current->result = 0;
}

ON_FIBER int condition_broadcast(struct runtime *runtime,
				 pthread_cond_t *condition, uintptr_t place)
{
	struct thread *thread;

	announce(runtime, OP_COND_BROADCAST, condition, NULL, place);
	mark_check(runtime, *mark_of(condition));
	FOR_LIVE(thread, &runtime->state)
	if (is_waiter(thread, (uintptr_t)condition))
		thread->signalled = runtime->step;
	return runtime->current->result = 0;
}
