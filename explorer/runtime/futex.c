/*
 * The futex system call. See futex.h.
 */
#include "runtime/futex.h"

#include <errno.h>

#include "runtime/alternative.h"
#include "runtime/announce.h"
#include "runtime/condition.h"
#include "runtime/memory.h"

/* As many as there may be choices in a state: there is no room for more. */
#define RESULTS_MAX 4096U

ON_FIBER static int answer(struct runtime *runtime, int error)
{
	if (error)
		errno = error;
	return runtime->current->result = error ? -1 : 0;
}

/* --- Whom to wake */

/* How many sets of `count` there are among `all`; RESULTS_MAX for more. */
static uint32_t sets_of(uint32_t count, uint32_t all)
{
	uint64_t sets = 1;

	for (uint32_t i = 0; i < count && sets < RESULTS_MAX; i++)
		sets = sets * (all - i) / (i + 1);
	return sets < RESULTS_MAX ? (uint32_t)sets : RESULTS_MAX;
}

/* A wake has how many it wakes in `bytes`, and its mask in `source`. */
uint32_t futex_results(const struct operation *wake, uint32_t waiters)
{
	if (wake->source != FUTEX_MASK_ALL || wake->bytes >= waiters)
		return 1;
	return wake->bytes * 2 <= waiters
		       ? sets_of((uint32_t)wake->bytes, waiters)
		       : sets_of(waiters - (uint32_t)wake->bytes, waiters);
}

/* Whether the first of so many is in the n-th set of `count` of them; then *n
 * is the number of what is left of the set, among the others. */
static bool is_first_in(uint32_t count, uint32_t all, uint32_t *n)
{
	uint32_t with;

	if (count == 0)
		return false;
	with = sets_of(count - 1, all - 1);
	if (*n < with)
		return true;
	*n -= with;
	return false;
}

/* A thread that waits bears its mask in the `bytes` of what it has pending. */
static bool fits(const struct thread *thread, uint32_t mask)
{
	return thread->pending.bytes & mask;
}

/* Returns how many were woken. */
ON_FIBER static uint32_t wake(struct runtime *runtime, uintptr_t address,
			      uint32_t count, uint32_t mask)
{
	uint32_t left = condition_waiters(&runtime->state, address);
	const bool all = count >= left || mask != FUTEX_MASK_ALL;
	uint32_t n = runtime->current->alternative;
	uint32_t woken = 0;
	uint32_t at = 0;

	for (; left > 0 && woken < count; left--) {
		struct thread *thread =
			condition_waiter(&runtime->state, address, at);

		if (fits(thread, mask) &&
		    (all || is_first_in(count - woken, left, &n))) {
			thread->signalled = runtime->step;
			woken++;
		} else {
			at++;
		}
	}
	return woken;
}

ON_FIBER int futex_wake(struct runtime *runtime, const uint32_t *word,
			uint32_t count, uint32_t mask, uintptr_t place)
{
	if (mask == 0)
		return answer(runtime, EINVAL);
	runtime_announce(runtime,
			 &(struct operation){.op = OP_FUTEX_WAKE,
					     .order = ORDER_PLAIN,
					     .alternatives = WAIT_VARIES,
					     .address = (uintptr_t)word,
					     .source = mask,
					     .bytes = count,
					     .place = place});
	return runtime->current->result =
		       (int)wake(runtime, (uintptr_t)word, count, mask);
}

/* --- Waiting */

/* The kernel's reading of the word: whoever writes it does so visibly. */
ON_FIBER static void note_reading(struct runtime *runtime, uintptr_t address)
{
	runtime->busy = true;
	touches_note(&runtime->touches, runtime->current->context, address,
		     sizeof(uint32_t), false);
	runtime->busy = false;
}

ON_FIBER static int await_wake(struct runtime *runtime, uintptr_t address,
			       uint32_t mask, const struct deadline *deadline,
			       uintptr_t place)
{
	struct thread *thread = runtime->current;
	const unsigned kind = deadline_kind(runtime, deadline) |
			      (runtime->spurious_max > 0 ? WAIT_SPURIOUS : 0U);
	uint16_t result;

	thread->result = 0;
	thread->waits_on = address;
	thread->signalled = 0;
	runtime_announce(runtime,
			 &(struct operation){.op = OP_FUTEX_AWAKE,
					     .order = ORDER_PLAIN,
					     .alternatives = (uint16_t)kind,
					     .address = address,
					     .bytes = mask,
					     .place = place});
	result = thread->alternative;
	thread->waits_on = 0;
	runtime->state.spurious += result == 2;
	return answer(runtime,
		      result == 1 ? deadline_pass(runtime, deadline) : 0);
}

ON_FIBER int futex_wait(struct runtime *runtime, const uint32_t *word,
			uint32_t value, uint32_t mask,
			const struct deadline *deadline, uintptr_t place)
{
	const uintptr_t address = (uintptr_t)word;

	if (deadline->invalid || mask == 0)
		return answer(runtime, EINVAL);
	note_reading(runtime, address);
	runtime_announce_on(runtime, OP_FUTEX_WAIT, address, place);
	if (*word != value)
		return answer(runtime, EAGAIN);
	return await_wake(runtime, address, mask, deadline, place);
}
