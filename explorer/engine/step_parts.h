/*
 * How steps begin and end, for those that make them (step.c).
 */
#ifndef EXPLORER_ENGINE_STEP_PARTS_H
#define EXPLORER_ENGINE_STEP_PARTS_H

#include <stddef.h>

#include "base/memory.h"
#include "engine/deadlock.h"
#include "engine/race.h"
#include "runtime/enabled.h"
#include "runtime/mutex_state.h"

/* What is worth remembering of an operation that is no access to memory. */
void step_remember_object(const struct engine *engine,
			  struct performed *performed,
			  const struct thread *thread);

/* Whether an operation takes a mutex, come what may, or gives one back: with
 * accesses to memory that is most of what programs do. */
static inline bool is_lock_or_unlock(const struct operation *operation)
{
	return (operation->op == OP_MUTEX_LOCK) |
	       (operation->op == OP_MUTEX_UNLOCK);
}

/* What there is to say of a step as it begins, besides the operation: in two
 * words. */
static inline void describe(struct performed *performed, struct choice choice,
			    enum op op, unsigned fences)
{
	uint64_t word = (uint64_t)choice.thread |
			(uint64_t)choice.alternative << 16 |
			(uint64_t)AVAILABLE << 40 | (uint64_t)fences << 48 |
			(uint64_t)op << 56;
	uint64_t none = 0;

	_Static_assert(
		offsetof(struct performed, available) -
					offsetof(struct performed, choice) ==
				5 &&
			offsetof(struct performed, announced) -
					offsetof(struct performed, choice) ==
				7 &&
			offsetof(struct performed, cause) -
					offsetof(struct performed, waiters) ==
				4,
		"where the fields lie in these words");
	__builtin_memcpy(&performed->choice, &word, sizeof(word));
	__builtin_memcpy(&performed->waiters, &none, sizeof(none));
}

/* Writes into the log what a step is as it begins. Inline, where a step is a
 * few hundred instructions in all. */
static inline __attribute__((always_inline)) void
step_remember(struct engine *engine, const struct thread *thread,
	      struct choice choice)
{
	enum op op = (enum op)thread->pending.op;
	size_t depth = engine->depth;
	struct performed *performed;

	memory_reserve((void **)&engine->log, &engine->log_capacity, depth + 1,
		       sizeof(*engine->log));
	performed = &engine->log[depth];
	operation_copy(&performed->operation, &thread->pending);
	describe(performed, choice, op, thread->fences);
	if (is_lock_or_unlock(&performed->operation))
		performed->available =
			mutex_owner(performed->operation.address) == THREADS_MAX
				? AVAILABLE
				: 0;
	else if (!(op_traits[op] & OP_TRAIT_ACCESS))
		step_remember_object(engine, performed, thread);
	engine->schedule[depth] = choice_of(choice.thread, choice.alternative);
	engine->depth = depth + 1;
	engine->shared->length = (uint32_t)depth + 1;
	engine->shared->heartbeat += op != OP_SPIN;
	engine->runtime->step = (uint32_t)depth + 1;
	engine->step_open = true;
}

/* A thread that just announced or came to wait, which is never for memory. */
static inline void step_inspect(struct engine *engine,
				const struct thread *thread)
{
	if (thread->state == THREAD_PENDING &&
	    operation_is_access(&thread->pending))
		race_check(engine, thread);
	else
		deadlock_check(engine, thread);
}

#endif
