/*
 * How executions end. See ending.h.
 */
#include "engine/ending.h"

#include "base/hash.h"
#include "engine/details.h"
#include "engine/leak.h"
#include "runtime/alternative.h"

/* A search is given up after so many executions that hang. */
#define HANGS_MAX 3U

static void end(struct engine *engine, const struct ending *ending)
{
	engine->ended = true;
	engine->ending = *ending;
}

static void see(struct engine *engine, enum finding_kind kind,
		const struct thread *thread)
{
	struct part part = {.thread = thread->number,
			    .holder = THREADS_MAX,
			    .target = THREADS_MAX,
			    .operation = thread->pending};
	uint64_t key = hash_mix(thread->pending.place,
				(uint64_t)thread->pending.detail);
	uint32_t known = (uint32_t)engine->findings.count;

	details_complete(engine->runtime, &part);
	findings_see(&engine->findings, kind, key, engine->depth, &part, 1);
	if (engine->findings.count > known)
		engine->findings.at[known].failure = thread->failure;
}

static void fail(struct engine *engine, enum end_kind kind,
		 enum finding_kind finding, const struct thread *thread)
{
	see(engine, finding, thread);
	end(engine, &(struct ending){.kind = kind,
				     .has_status = true,
				     .status = thread->pending.detail,
				     .thread = thread->number,
				     .place = thread->pending.place,
				     .fault = thread->pending.address});
}

/* The thread calls what is not supported: how the program would go on is not
 * known, so this is no way to end, and the search cannot go on. */
static void give_up(struct engine *engine, const struct thread *thread)
{
	engine->stopped = true;
	engine->incomplete_because |= REASON_UNSUPPORTED_CALL;
	end(engine, &(struct ending){.kind = END_LIMIT,
				     .thread = thread->number,
				     .place = thread->pending.place});
}

/* The program wants nothing to be known of this execution. */
static void drop(struct engine *engine, const struct thread *thread)
{
	end(engine, &(struct ending){.kind = END_LIMIT,
				     .is_dropped = true,
				     .thread = thread->number,
				     .place = thread->pending.place});
}

/* Who leaves at once leaves blocks lying about on purpose. */
static void exit_with(struct engine *engine, const struct thread *thread)
{
	const struct operation *operation = &thread->pending;

	if (engine->leaks && !thread->exits_at_once)
		leak_find(engine, thread);
	end(engine, &(struct ending){.kind = END_EXIT,
				     .has_status = true,
				     .status = operation->detail,
				     .thread = thread->number,
				     .place = operation->place});
}

void ending_perform(struct engine *engine, const struct thread *thread)
{
	const struct operation *operation = &thread->pending;

	if (operation->op == OP_ABORT)
		fail(engine, END_ABORT, FINDING_ABORT, thread);
	else if (operation->op == OP_ASSERT)
		fail(engine, END_ASSERTION, FINDING_ASSERTION, thread);
	else if (operation->op == OP_CRASH)
		fail(engine, END_CRASH, FINDING_CRASH, thread);
	else if (operation->op == OP_OVERFLOW)
		fail(engine, END_STACK_OVERFLOW, FINDING_STACK_OVERFLOW,
		     thread);
	else if (operation->op == OP_DROP)
		drop(engine, thread);
	else if (operation->op == OP_UNSUPPORTED)
		give_up(engine, thread);
	else if (operation->op == OP_MISUSE)
		end(engine, &(struct ending){.kind = END_MISUSE,
					     .thread = thread->number,
					     .place = operation->place});
	else
		exit_with(engine, thread);
}

void ending_fatal(struct engine *engine, const struct fatal *fatal,
		  const struct thread *thread)
{
	end(engine, &(struct ending){.kind = fatal->end,
				     .has_status = fatal->end != END_HANG &&
						   fatal->end != END_LIMIT,
				     .status = fatal->status,
				     .thread = thread->number,
				     .place = thread->pending.place});
	if (fatal->end == END_HANG)
		engine->incomplete_because |= REASON_HANG;
}

void ending_limit(struct engine *engine)
{
	engine->incomplete_because |= REASON_LIMIT;
	end(engine, &(struct ending){.kind = END_LIMIT, .thread = NO_THREAD});
}

bool ending_is_withheld(struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;
	bool withheld = false;

	FOR_LIVE(thread, state)
	withheld |= thread->state == THREAD_PENDING &&
		    alternative_is_withheld(thread);
	if (!withheld)
		return false;
	engine->incomplete_because |= REASON_TIMEOUTS;
	end(engine, &(struct ending){.kind = END_LIMIT, .thread = NO_THREAD});
	return true;
}

void ending_hang(struct engine *engine)
{
	engine->incomplete_because |= REASON_HANG;
	/* Each takes the command seconds to notice. */
	engine->stopped |= ++engine->hangs >= HANGS_MAX;
	end(engine, &(struct ending){.kind = END_HANG, .thread = NO_THREAD});
}

void ending_livelock(struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;
	struct part parts[THREADS_MAX];
	const struct thread *thread;
	uint32_t count = 0;
	uint64_t key = 0;

	FOR_LIVE(thread, state)
	{
		parts[count++] = (struct part){.thread = thread->number,
					       .holder = THREADS_MAX,
					       .target = THREADS_MAX,
					       .operation = thread->pending};
		key += hash_mix(thread->pending.place, thread->pending.op);
	}
	findings_see(&engine->findings, FINDING_LIVELOCK, key, engine->depth,
		     parts, count);
	end(engine,
	    &(struct ending){.kind = END_LIVELOCK, .thread = NO_THREAD});
}

void ending_wanted(struct engine *engine)
{
	if (!engine->ended)
		end(engine,
		    &(struct ending){.kind = END_STATE, .thread = NO_THREAD});
	engine->ending.is_wanted = true;
}

void ending_diverged(struct engine *engine)
{
	end(engine, &(struct ending){.kind = END_LIMIT, .thread = NO_THREAD});
}

void ending_mark_death(struct engine *engine)
{
	struct performed *last;

	if (engine->depth == 0 || !engine->ended)
		return;
	last = &engine->log[engine->depth - 1];
	if (engine->ending.thread == last->choice.thread &&
	    !op_is_ending(last->operation.op))
		last->operation.op = OP_CRASH;
}
