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

#include "engine/choices.h"
#include "engine/deadlock.h"
#include "engine/dependence.h"
#include "engine/ending.h"
#include "engine/frame_finding.h"
#include "engine/heap_finding.h"
#include "engine/race.h"
#include "engine/record.h"
#include "engine/spin.h"
#include "engine/step_parts.h"
#include "runtime/alternative.h"
#include "runtime/enabled.h"
#include "runtime/mutex_state.h"

static struct thread *thread_of(struct engine *engine, struct choice choice)
{
	return &engine->runtime->state.threads[choice.thread];
}

/* --- Opening and closing */

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

/* A compare-exchange that fails is a load, whose order is said apart. */
static inline void settle_failure(struct performed *performed)
{
	if (performed->failed && performed->operation.op == OP_ATOMIC_COMPARE)
		performed->operation.order =
			(uint8_t)performed->operation.source;
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
	step_remember(engine, thread, choice);
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
		step_remember(engine, thread, choice);
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
	step_remember(engine, thread, choice);
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
	settle_failure(performed);
	if (performed->failed && engine->runtime->refined &&
	    op_is_try((enum op)performed->operation.op))
		performed->operation.detail = COMMUTES_LOOKS;
	if (!engine->ended && !engine->repeating) {
		step_inspect(engine, thread);
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
	settle_failure(performed);
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
	       /* Whose result says that it failed. */
	       (done->op != OP_ATOMIC_COMPARE) & !engine->repeating &
	       !engine->ended;
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
