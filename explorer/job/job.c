/*
 * Taking jobs. See job.h.
 */
#include "job/job.h"

#include <string.h>

#include "base/memory.h"
#include "channel/socket.h"
#include "engine/locate.h"

static void take_watches(struct task *task, struct piece *pieces)
{
	const struct job *job = task->job;

	for (uint32_t i = 0; i < job->watch_count; i++)
		pieces[i] = (struct piece){
			(void *)locate_back(task->runtime,
					    &job->watches[i].location),
			job->watches[i].bytes};
	task->runtime->watched = pieces;
	task->runtime->watched_count = job->watch_count;
}

static void set_up_heap(struct runtime *runtime, uint32_t checks)
{
	struct heap *heap = &runtime->world.heap;

	heap->checked_bytes =
		checks & HEAP_CHECKS_NO_BOUNDS ? 0 : HEAP_AREA_BYTES;
	heap->notes_unwritten = checks & HEAP_CHECKS_UNINITIALISED;
	visible_slow_down(&runtime->visible, heap->notes_unwritten);
}

static void set_up_engine(struct task *task)
{
	struct engine *engine = task->engine;
	const struct job *job = task->job;

	engine->steps_max = job->max_steps;
	if (engine->steps_max > SHARED_CHOICES - 1)
		engine->steps_max = SHARED_CHOICES - 1;
	task->runtime->timeouts_max = job->timeouts;
	task->runtime->spurious_max = job->spurious;
	task->runtime->tries_fail = false;
	set_up_heap(task->runtime, job->heap_checks);
	engine->leaks = job->heap_checks & HEAP_CHECKS_LEAKS;
	task->runtime->block_calls.on = job->kind == JOB_FOLLOW;
	task->runtime->frame_log.on = job->kind == JOB_FOLLOW;
	lent_watch_all(&task->runtime->lent, job->kind == JOB_FOLLOW);
	engine->executions_max = 0;
	engine->fatal = job->fatal;
	engine->fatal_count = job->fatal_count;
	engine->steps = 0;
	engine->transitions = 0;
	engine->states = 0;
	engine->interleaving_words = 0;
	engine->has_cycles = false;
	engine->risk = 0;
	engine->asymmetry = ASYMMETRY_NONE;
	engine->executions = 0;
	engine->blocked = 0;
	engine->cut = 0;
	engine->hangs = 0;
	engine->stopped = false;
	engine->told_enough = false;
	engine->diverged = false;
	engine->frozen = false;
	/* What earlier jobs have learned is known, but not taken in. */
	engine->learned = 0;
	engine->incomplete_because = 0;
	engine->listener = (struct engine_listener){.context = task};
	outcomes_clear(&engine->outcomes);
	findings_clear(&engine->findings);
}

static void carry_out(struct link *link, struct runtime *runtime,
		      struct engine *engine, const struct job *job)
{
	struct piece *watched = memory_new(job->watch_count * sizeof(*watched));
	struct task task = {
		.link = link, .runtime = runtime, .engine = engine, .job = job};

	link->shared->run = 0;
	link->shared->states = 0;
	link->shared->transitions = 0;
	take_watches(&task, watched);
	set_up_engine(&task);
	if (job->kind == JOB_SEARCH)
		task_search(&task);
	else
		task_follow(&task);
	link->shared->phase = PHASE_IDLE;
	task_tell_done(&task);
	buffer_fini(&task.events);
	buffer_fini(&task.spins);
	runtime->watched_count = 0;
	memory_free(watched, job->watch_count * sizeof(*watched));
}

_Noreturn void job_serve(struct link *link, struct runtime *runtime)
{
	struct engine *engine = memory_new(sizeof(*engine));
	struct buffer body = {0};
	enum message_type type;

	engine_init(engine, runtime, link->shared);
	while (channel_receive(link->socket, &type, &body) == 1) {
		struct reader reader = reader_of(body.data, body.length);
		struct job job;

		if (type != MESSAGE_JOB)
			continue;
		job_get(&reader, &job);
		if (reader.failed)
			job_quit(1);
		carry_out(link, runtime, engine, &job);
		job_fini(&job);
	}
	job_quit(0);
}
