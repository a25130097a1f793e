/*
 * Steps: performing a choice, and what is then possible. See engine.h.
 *
 * A step is opened (recorded, granted), its thread runs, and it is closed when
 * the thread has announced its next operation (who races, who waits, what is
 * possible now). Where nobody needs the engine's own stack in between, the
 * thread that arrives closes its step, asks for the next choice and opens that
 * one itself: if it is its own, nothing is switched at all, else the one switch
 * leads straight to the next thread.
 *
 *     engine_drive ──open──> T1 ──close, open──> T1 ──close, open──> T2 ──close
 *          <─────────────────────────────────────────────────────────┘
 */
#include "engine/step.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/memory.h"
#include "engine/choices.h"
#include "engine/deadlock.h"
#include "engine/dependence.h"
#include "engine/ending.h"
#include "engine/frame_finding.h"
#include "engine/heap_finding.h"
#include "engine/race.h"
#include "engine/record.h"
#include "engine/rewind.h"
#include "engine/spin.h"
#include "runtime/alternative.h"
#include "runtime/barrier.h"
#include "runtime/condition.h"
#include "runtime/enabled.h"
#include "runtime/mutex_state.h"
#include "runtime/rwlock.h"

static struct thread *thread_of(struct engine *engine, struct choice choice)
{
	return &engine->runtime->state.threads[choice.thread];
}

bool engine_is_preemption(const struct engine *engine, struct choice choice)
{
	const struct thread *last = engine_last_moved(engine);
	const struct thread *next =
		&engine->runtime->state.threads[choice.thread];

	return last && next != last && !last->yielded &&
	       runtime_is_enabled(last) && runtime_may_have(last, 0) &&
	       next->pending.op != OP_CHOOSE;
}

/* --- Arriving */

/* A wait could go on if only it were let run out: that is no deadlock. */
static void end_of_choices(struct engine *engine)
{
	if (!ending_is_withheld(engine))
		deadlock_end(engine);
}

/* The world has come to rest: what is possible now? */
static void see_what_is_possible(struct engine *engine)
{
	if (engine->runtime->hang || engine->depth >= engine->steps_max) {
		engine->choice_count = 0;
		engine->steady = false;
		if (engine->runtime->hang)
			ending_hang(engine);
		else
			ending_limit(engine);
		return;
	}
	choices_list(engine);
	if (engine->choice_count == 0) {
		end_of_choices(engine);
	} else if (engine->choice_count == CHOICES_MAX) {
		/* There may be more than there is room for. */
		engine->choice_count = 0;
		ending_limit(engine);
	} else if (engine->choice_count > 1 && !engine->has_base) {
		rewind_make_base(engine);
	}
	engine->steady &= engine->has_base;
}

void step_arrive(struct engine *engine)
{
	if (engine->ended) {
		engine->choice_count = 0;
		engine->steady = false;
	} else {
		see_what_is_possible(engine);
	}
	if (CHECKED) {
		check_arrive(engine);
		check_invariants(engine);
	}
}

/* A thread that just announced or came to wait, which is never for memory. */
static inline void inspect(struct engine *engine, const struct thread *thread)
{
	if (thread->state == THREAD_PENDING &&
	    operation_is_access(&thread->pending))
		race_check(engine, thread);
	else
		deadlock_check(engine, thread);
}

void step_settle(struct engine *engine)
{
	struct runtime *runtime = engine->runtime;
	struct thread *(*driver)(void *context) = runtime->driver;
	const struct thread *thread;

	/* Who comes to rest here must not drive on: others may still be about
	 * to go on. */
	runtime->driver = runtime_no_driver;
	while ((thread = runtime_settle_one(engine->runtime)))
		if (!engine->repeating)
			inspect(engine, thread);
	runtime->driver = driver;
}

/* --- Opening and closing */

static void remember_rwlock(struct performed *performed)
{
	struct operation *operation = &performed->operation;

	performed->readers = (uint16_t)rwlock_readers(operation->address);
	if (op_is_try((enum op)operation->op) &&
	    (performed->available & runtime_needs(operation)))
		operation->detail = commuting_if_got(operation);
}

/* What is worth remembering of an operation that is no access to memory. */
static __attribute__((noinline)) void
remember_object(const struct engine *engine, struct performed *performed,
		const struct thread *thread)
{
	enum op op;

	if (op_varies(performed->announced))
		alternative_take(engine->runtime, (enum op)performed->announced,
				 performed->choice.alternative,
				 &performed->operation);
	op = (enum op)performed->operation.op;
	performed->available =
		(uint8_t)runtime_availability(&performed->operation);
	if ((op_traits[op] & OP_TRAIT_QUEUES) ||
	    (op == OP_COND_REACQUIRE && performed->operation.bytes))
		performed->waiters = (uint16_t)condition_waiters(
			&engine->runtime->state,
			condition_of(&performed->operation));
	if (op == OP_COND_REACQUIRE || op == OP_COND_CANCELLED ||
	    op == OP_FUTEX_AWAKE)
		performed->cause = thread->signalled;
	else if (op == OP_BARRIER_LEAVE)
		performed->cause = (uint32_t)performed->operation.source;
	else if (op == OP_BARRIER_ARRIVE)
		performed->operation.detail = barrier_commuting_now(
			engine->runtime, &performed->operation);
	else if (op_object(op) == OP_OBJECT_RWLOCK)
		remember_rwlock(performed);
}

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

/* Inline, where a step is a few hundred instructions in all. */
static inline __attribute__((always_inline)) void
remember(struct engine *engine, const struct thread *thread,
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
		remember_object(engine, performed, thread);
	engine->schedule[depth] = choice_of(choice.thread, choice.alternative);
	engine->depth = depth + 1;
	engine->shared->length = (uint32_t)depth + 1;
	engine->shared->heartbeat += op != OP_SPIN;
	engine->runtime->step = (uint32_t)depth + 1;
	engine->step_open = true;
}

/* Whether the steps so far and this one killed the process before. */
static const struct fatal *find_fatal(const struct engine *engine,
				      struct choice choice)
{
	for (uint32_t i = 0; i < engine->fatal_count; i++) {
		const struct schedule *schedule = &engine->fatal[i].schedule;
		size_t before = engine->depth * sizeof(*schedule->at);

		if (schedule->length == engine->depth + 1 &&
		    memcmp(schedule->at, engine->schedule, before) == 0 &&
		    memcmp(&schedule->at[engine->depth], &choice,
			   sizeof(choice)) == 0)
			return &engine->fatal[i];
	}
	return NULL;
}

static inline bool has_failed(const struct operation *operation,
			      const struct thread *thread)
{
	if (operation->op == OP_ATOMIC_COMPARE)
		return thread->result == 0;
	/* A lock whose owner has ended is taken all the same. */
	return (op_traits[operation->op] & OP_TRAIT_FAILS) &&
	       thread->result != 0 && thread->result != EOWNERDEAD;
}

/* Something is done where blocks or frames come and go. */
static __attribute__((noinline)) void check_memory(struct engine *engine,
						   const struct thread *thread)
{
	if (heap_finding_concerns(&thread->pending))
		heap_finding_check(engine, thread);
	if (frame_finding_concerns(thread))
		frame_finding_check(engine, thread);
}

/* The thread is to perform what it has announced, which ends nothing. */
static inline __attribute__((always_inline)) void
begin_step(struct engine *engine, struct thread *thread, struct choice choice)
{
	remember(engine, thread, choice);
	if (layout_is_dynamic(thread->pending.address) ||
	    layout_is_dynamic(thread->pending.source))
		check_memory(engine, thread);
	thread->index++;
	thread->alternative = choice.alternative;
	thread->yielded = false;
	thread->fences = 0;
}

/* Begins the step. Returns whether its thread is to go on: it is not if the
 * step ends the execution. */
static bool open_step(struct engine *engine, struct choice choice)
{
	struct thread *thread = thread_of(engine, choice);
	const struct fatal *fatal;

	assert(!engine->ended);
	if (engine->listener.step)
		record_before(engine, choice);
	fatal = engine->fatal_count > 0 ? find_fatal(engine, choice) : NULL;
	if (!fatal && thread->pending.op == OP_AWAIT) {
		remember(engine, thread, choice);
		/* Its fences belong to what it is about to do. */
		engine->log[engine->depth - 1].fences = 0;
		thread->index++;
		spin_go_on(engine, thread);
		return false;
	}
	if (!fatal && !op_is_ending(thread->pending.op)) {
		if (engine->runtime->state.spin_watched > 0)
			spin_see_before(engine, thread);
		begin_step(engine, thread, choice);
		return true;
	}
	remember(engine, thread, choice);
	if (fatal)
		ending_fatal(engine, fatal, thread);
	else
		ending_perform(engine, thread);
	return false;
}

/* The step's thread has arrived somewhere, or the step has ended the
 * execution. */
static void close_step(struct engine *engine)
{
	struct performed *performed = &engine->log[engine->depth - 1];
	struct thread *thread = thread_of(engine, performed->choice);

	engine->step_open = false;
	performed->failed = has_failed(&performed->operation, thread);
	if (performed->failed && engine->runtime->refined &&
	    op_is_try((enum op)performed->operation.op))
		performed->operation.detail = COMMUTES_LOOKS;
	if (!engine->ended && !engine->repeating) {
		inspect(engine, thread);
		if (op_traits[performed->operation.op] & OP_TRAIT_QUEUES)
			deadlock_check_woken(engine);
	}
	if (engine->runtime->ready_count > 0 && !engine->ended)
		step_settle(engine);
	spin_settle(engine, thread, performed);
	if (engine->listener.step)
		record_after(engine);
	if (!engine->repeating)
		step_arrive(engine);
	else if (CHECKED)
		check_arrive(engine);
}

/* The same in most cases, from one access to memory to the next, but for
 * step_open. */
static inline void settle_access(struct engine *engine, struct thread *thread)
{
	struct performed *performed = &engine->log[engine->depth - 1];

	performed->failed = performed->operation.op == OP_ATOMIC_COMPARE &&
			    thread->result == 0;
	spin_settle_steady(engine, thread, performed);
}

static inline void close_steady_step(struct engine *engine,
				     struct thread *thread)
{
	settle_access(engine, thread);
	if (engine->choice_count == 2)
		race_check_pair(engine, thread, choices_other(engine, thread));
	else
		race_check(engine, thread);
	if (engine->runtime->hang || engine->depth >= engine->steps_max)
		step_arrive(engine);
	else
		choices_turn(engine, thread);
}

/* Whether the step that has been performed, and what its thread has announced,
 * are each an access to memory or on a mutex, and it has not failed. */
static inline bool is_plain_step(const struct engine *engine,
				 const struct thread *thread)
{
	const struct operation *done =
		&engine->log[engine->depth - 1].operation;
	const struct operation *next = &thread->pending;

	return (operation_is_access(done) | is_lock_or_unlock(done)) &
	       (operation_is_access(next) | is_lock_or_unlock(next)) &
	       (thread->state == THREAD_PENDING) & (thread->result == 0) &
	       !engine->repeating & !engine->ended;
}

/* As close_step() of such a step, where nobody is watched, or can go on
 * silently, and the thread is pending, but for step_open. */
static inline void close_plain_step(struct engine *engine,
				    struct thread *thread)
{
	struct performed *performed = &engine->log[engine->depth - 1];

	performed->failed = false;
	if (operation_is_access(&thread->pending))
		race_check(engine, thread);
	else if (thread->pending.op == OP_MUTEX_LOCK &&
		 !mutex_is_available(thread))
		deadlock_check(engine, thread);
	spin_settle_plain(engine, thread, performed);
	choices_list_after(engine, thread);
	if (engine->runtime->hang || engine->depth >= engine->steps_max ||
	    engine->choice_count == 0 || engine->choice_count == CHOICES_MAX)
		step_arrive(engine);
}

/* Steps have been made. */
static void count_steps(struct engine *engine, size_t count)
{
	engine->steps += count;
	if (!engine->repeating)
		engine->transitions += count;
}

void step_perform(struct engine *engine, struct choice choice)
{
	count_steps(engine, 1);
	if (open_step(engine, choice))
		runtime_resume(engine->runtime, thread_of(engine, choice));
}

void step_conclude(struct engine *engine)
{
	close_step(engine);
}

void engine_step(struct engine *engine, struct choice choice)
{
	step_perform(engine, choice);
	step_conclude(engine);
}

/* --- Driving */

static bool pick(struct engine *engine)
{
	engine->has_next =
		!engine->ended &&
		engine->pick(engine->pick_context, engine, &engine->next);
	return engine->has_next;
}

/* Whether there is work after each step for which the engine needs its own
 * stack. */
static bool must_return(const struct engine *engine)
{
	return engine->listener.step || engine->fatal_count > 0 || CHECKED;
}

/* Whether a step that is made again is from one access to memory to the next.
 * What is possible then nobody asks. */
static inline bool repeats_access(const struct engine *engine,
				  const struct thread *thread)
{
	const struct performed *performed = &engine->log[engine->depth - 1];

	return operation_is_access(&performed->operation) &&
	       operation_is_access(&thread->pending);
}

/* Called by the thread that has arrived, on its stack, where the world cannot
 * be saved, and nobody else run silently. Returns the thread that is to go on;
 * NULL for the engine. */
ON_FIBER static struct thread *drive_on(void *context)
{
	struct engine *engine = context;
	struct thread *thread = engine->runtime->current;
	struct choice next;

	if ((engine->runtime->ready_count |
	     engine->runtime->state.spin_watched) > 0)
		return NULL;
	if (engine->steady && operation_is_access(&thread->pending))
		close_steady_step(engine, thread);
	else if (engine->repeating && repeats_access(engine, thread))
		settle_access(engine, thread);
	else if (!engine->has_base)
		return NULL;
	else if (is_plain_step(engine, thread))
		close_plain_step(engine, thread);
	else
		close_step(engine);
	engine->step_open = false;
	if (engine->ended || !engine->pick(engine->pick_context, engine, &next))
		return NULL;
	thread = thread_of(engine, next);
	/* Worked out once, not again and again. */
	__asm__("" : "+r"(thread));
	/* What is pending may be OP_AWAIT only while somebody is watched. */
	if (op_is_ending(thread->pending.op) ||
	    engine->runtime->state.spin_watched > 0) {
		engine->next = next;
		engine->has_next = true;
		return NULL;
	}
	begin_step(engine, thread, next);
	return thread;
}

void engine_drive(struct engine *engine, engine_picker *picker, void *context)
{
	struct runtime *runtime = engine->runtime;
	size_t before = engine->depth;

	engine->pick = picker;
	engine->pick_context = context;
	runtime->driver = must_return(engine) ? runtime_no_driver : drive_on;
	runtime->driver_context = engine;
	pick(engine);
	while (engine->has_next) {
		engine->has_next = false;
		if (open_step(engine, engine->next))
			runtime_resume(runtime,
				       thread_of(engine, engine->next));
		/* Many steps may have been made; is the last one closed? */
		if (engine->step_open) {
			close_step(engine);
			pick(engine);
		}
	}
	count_steps(engine, engine->depth - before);
	runtime->driver = runtime_no_driver;
}

uint64_t engine_run_thread(struct engine *engine, uint16_t thread,
			   uint64_t steps_max)
{
	struct choice choice = {thread, 0};
	uint64_t made = 0;

	while (made < steps_max && !engine->ended &&
	       choices_have(engine, choice)) {
		engine_step(engine, choice);
		made++;
	}
	return made;
}
