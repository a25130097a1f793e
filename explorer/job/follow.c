/*
 * Following a schedule: the same execution again, every step told.
 */
#include "engine/choices.h"
#include "engine/ending.h"
#include "job/job.h"
#include "strategy/strategy.h"

/* A program that has changed may go on for ever where the trace ends. */
#define STEPS_BEYOND_SCHEDULE ((uint64_t)100000)

/* The schedule has come to a state from which a search has found no way to an
 * end, or to the one that it looked for. */
static bool has_arrived(struct task *task)
{
	const struct job *job = task->job;

	if (task->engine->depth < job->schedule.length)
		return false;
	if (job->livelock)
		ending_livelock(task->engine);
	else if (job->is_query)
		ending_wanted(task->engine);
	return job->livelock || job->is_query;
}

/* How often waits may end before they are given what they wait for: the
 * schedule says. */
static void allow_waits(struct runtime *runtime, uint32_t times)
{
	runtime->timeouts_max = times;
	runtime->spurious_max = times;
}

/* Whether nobody slept in the search that made the schedule (engine/spin.h). */
static bool was_awake(const struct job *job)
{
	const struct strategy_options options = {.runs = 0};

	return strategy_for(job->strategy, &options) == &strategy_states;
}

void task_follow(struct task *task)
{
	struct engine *engine = task->engine;
	const struct schedule *schedule = &task->job->schedule;

	task->link->shared->phase = PHASE_FOLLOW;
	task->rounds = 1;
	task_take_visible(task, &task->job->visible);
	engine_new_round(engine);
	block_calls_clear(&task->runtime->block_calls);
	frame_log_clear(&task->runtime->frame_log);
	engine->frozen = true;
	engine->spins_awake = was_awake(task->job);
	engine->no_races = false;
	engine->recheck = false;
	engine->epochs.off = false;
	allow_waits(task->runtime, schedule->length > 0 ? UINT32_MAX : 0);
	if (engine->steps_max > schedule->length + STEPS_BEYOND_SCHEDULE)
		engine->steps_max = schedule->length + STEPS_BEYOND_SCHEDULE;
	engine->listener.step = task_tell_step;
	engine->listener.outcome = task_tell_outcome;
	engine->listener.finding = task_tell_finding;
	engine_begin(engine);
	while (!engine->ended && !has_arrived(task)) {
		struct choice next = engine->choices[0];

		if (engine->depth < schedule->length) {
			next = schedule->at[engine->depth];
			if (!choices_have(engine, next)) {
				task->diverged = true;
				break;
			}
		}
		/* The step may be the one that kills the process. */
		if (engine->depth + 1 >= schedule->length)
			task_flush_steps(task);
		if (engine->depth + 1 >= schedule->length)
			allow_waits(task->runtime, 0);
		engine_step(engine, next);
	}
	task_flush_steps(task);
	if (engine->ended && engine->depth < schedule->length)
		task->diverged = true;
	task->diverged_step = engine->depth;
	if (engine->ended)
		engine_finish(engine);
	else
		findings_forget(&engine->findings);
}
