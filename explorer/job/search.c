/*
 * A search: learn what is visible, then run a strategy in rounds until the set
 * of visible memory no longer grows.
 */
#include <dlfcn.h>
#include <time.h>

#include "base/memory.h"
#include "channel/socket.h"
#include "job/job.h"
#include "strategy/find_state.h"
#include "strategy/strategy.h"

/* Steps between two looks at what the command wants. */
#define SLICE_STEPS ((uint64_t)1 << 14)
/* Between two checkpoints; more if one takes longer than this part of it. */
#define CHECKPOINT_SECONDS 0.25
#define CHECKPOINT_PART	   0.02

/* The real time, past the hook, and without a system call. */
static double now(void)
{
	static int (*real_clock)(clockid_t, struct timespec *);
	struct timespec time;

	if (!real_clock)
		real_clock = (int (*)(clockid_t, struct timespec *))(
			uintptr_t)dlsym(RTLD_NEXT, "clock_gettime");
	real_clock(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

bool task_must_stop(const struct task *task)
{
	return task->engine->stopped || task->told_to_stop ||
	       task->link->shared->stop;
}

static void begin_round(struct task *task, const struct strategy *strategy,
			void *search)
{
	struct engine *engine = task->engine;

	engine_new_round(engine);
	/* With more memory visible the same choices are other steps. */
	if (task->runtime->visible.version != task->job->visible.version)
		engine->fatal_count = 0;
	strategy->restart(search);
	outcomes_clear(&engine->outcomes);
	findings_reset_counts(&engine->findings);
	engine->executions = 0;
	engine->states = 0;
	engine->transitions = 0;
	engine->steps = 0;
	engine->blocked = 0;
	engine->cut = 0;
	engine->incomplete_because = 0;
	task->link->shared->rounds = ++task->rounds;
	task_send_visible(task);
}

static void put_counters(const struct engine *engine, struct buffer *buffer)
{
	buffer_put_u64(buffer, engine->executions);
	buffer_put_u64(buffer, engine->transitions);
	buffer_put_u64(buffer, engine->steps);
	buffer_put_u64(buffer, engine->blocked);
	buffer_put_u64(buffer, engine->cut);
	buffer_put_u32(buffer, engine->hangs);
	buffer_put_u32(buffer, engine->incomplete_because);
}

static void get_counters(struct engine *engine, struct reader *reader)
{
	engine->executions = reader_u64(reader);
	engine->transitions = reader_u64(reader);
	engine->steps = reader_u64(reader);
	engine->blocked = reader_u64(reader);
	engine->cut = reader_u64(reader);
	engine->hangs = reader_u32(reader);
	engine->incomplete_because = reader_u32(reader);
}

/* Everything that another process needs to go on from here. */
static void send_checkpoint(struct task *task, const struct strategy *strategy,
			    const void *search)
{
	struct engine *engine = task->engine;
	struct buffer saved = {0};
	struct checkpoint checkpoint = {
		.outcomes = (uint32_t)engine->outcomes.count,
		.findings = engine->findings.told_count,
	};

	buffer_put_u32(&saved, task->rounds);
	put_counters(engine, &saved);
	outcomes_save(&engine->outcomes, &saved);
	findings_save(&engine->findings, &saved);
	strategy->save(search, &saved);
	checkpoint.search = saved.data;
	checkpoint.search_length = saved.length;
	checkpoint_put(&task->link->body, &checkpoint);
	link_send(task->link, MESSAGE_CHECKPOINT);
	buffer_fini(&saved);
}

/* The visible set came with the job. */
static void resume(struct task *task, const struct strategy *strategy,
		   void *search)
{
	struct reader reader =
		reader_of(task->job->resume, task->job->resume_length);

	task->rounds = reader_u32(&reader);
	task->link->shared->rounds = task->rounds;
	get_counters(task->engine, &reader);
	outcomes_load(&task->engine->outcomes, &reader);
	findings_load(&task->engine->findings, &reader);
	strategy->load(search, &reader);
	if (reader.failed)
		job_quit(1);
}

/* Whether this round's set of visible memory turned out to be too small. */
static bool has_learned(const struct engine *engine)
{
	return !engine->frozen &&
	       engine->runtime->touches.grown != engine->learned;
}

static void listen(struct task *task)
{
	task->engine->listener.outcome = task_tell_outcome;
	task->engine->listener.finding = task_tell_finding;
	if (task->job->tree)
		task_listen_to_tree(task);
}

static void show_progress(struct task *task, const struct strategy *strategy,
			  const void *search)
{
	struct shared *shared = task->link->shared;
	struct estimate estimate = {0};

	if (strategy->estimate && task->engine->executions > 0)
		estimate = strategy->estimate(search);
	shared->fraction = strategy->fraction(search);
	shared->estimate_low = estimate.low;
	shared->estimate_high = estimate.high;
}

/* A tree of what is still to be done may be large: saving it is not what the
 * search is for. Returns when the next checkpoint is due. */
static double checkpoint(struct task *task, const struct strategy *strategy,
			 const void *search)
{
	double start = now();
	double pause;

	send_checkpoint(task, strategy, search);
	pause = (now() - start) / CHECKPOINT_PART;
	return now() +
	       (pause > CHECKPOINT_SECONDS ? pause : CHECKPOINT_SECONDS);
}

/* Another search has its turn, and may learn what this one does not know.
 * Returns whether the set of visible memory grew. */
static bool await_turn(struct task *task)
{
	struct buffer body = {0};
	struct reader reader;
	enum message_type type;
	struct turn turn;
	bool grew;

	task->link->shared->phase = PHASE_IDLE;
	link_send(task->link, MESSAGE_TURN);
	if (channel_receive(task->link->socket, &type, &body) != 1 ||
	    type != MESSAGE_TURN)
		job_quit(0);
	reader = reader_of(body.data, body.length);
	turn_get(&reader, &turn);
	if (reader.failed)
		job_quit(1);
	task->turn_end = turn.end;
	grew = turn.grew;
	if (grew) {
		task_take_visible(task, &turn.visible);
		/* Where more is visible the same choices are other steps. */
		task->engine->fatal_count = 0;
	}
	turn_fini(&turn);
	buffer_fini(&body);
	task->link->shared->phase = PHASE_SEARCH;
	return grew;
}

static bool turn_is_over(const struct task *task)
{
	return task->turn_end > 0 && task->engine->steps >= task->turn_end;
}

/* How far to go before looking at what the command wants. */
static uint64_t slice(const struct task *task)
{
	uint64_t left = task->turn_end - task->engine->steps;

	return task->turn_end > 0 && left < SLICE_STEPS ? left : SLICE_STEPS;
}

/* Runs the strategy to its end, or to when somebody wants it to stop. Returns
 * whether it came to its end. */
static bool run_rounds(struct task *task, const struct strategy *strategy,
		       void *search)
{
	struct engine *engine = task->engine;
	double next = now() + CHECKPOINT_SECONDS;
	bool done = false;

	while (!done && !task_must_stop(task)) {
		done = strategy->run(search, engine, slice(task));
		show_progress(task, strategy, search);
		if (engine->executions_max > 0 &&
		    engine->executions >= engine->executions_max)
			return done && !has_learned(engine);
		if (!engine->frozen && task_merge_learned(task)) {
			begin_round(task, strategy, search);
			done = false;
		}
		if (!done && turn_is_over(task) && !task_must_stop(task)) {
			if (await_turn(task))
				begin_round(task, strategy, search);
		} else if (now() > next && !done) {
			next = checkpoint(task, strategy, search);
		}
	}
	return done;
}

static struct bound bound_of(const struct job *job)
{
	if (job->preemptions != NO_BOUND)
		return (struct bound){BOUND_PREEMPTIONS, job->preemptions};
	if (job->delays != NO_BOUND)
		return (struct bound){BOUND_DELAYS, job->delays};
	return (struct bound){BOUND_NONE, 0};
}

/* The state that is looked for; NULL if there is none. */
static struct find_state *take_query(const struct task *task)
{
	struct find_state *find;

	if (task->job->query_length == 0)
		return NULL;
	find = find_state_new(task->job, task->runtime);
	if (!find)
		job_quit(1);
	find_state_show(find, task->runtime);
	return find;
}

void task_search(struct task *task)
{
	const struct job *job = task->job;
	struct strategy_options options = {.bound = bound_of(job),
					   .runs = job->runs,
					   .seed = job->seed,
					   .preference = job->seed,
					   .states = job->states_flags,
					   .states_memory = job->states_memory};
	const struct strategy *strategy = strategy_for(job->strategy, &options);
	struct engine *engine = task->engine;
	struct find_state *find;
	void *search;

	if (!strategy)
		job_quit(1);
	task_take_visible(task, &task->job->visible);
	find = take_query(task);
	options.query = find;
	engine_new_round(engine);
	task_tell_learned(task, true);
	if (job->resume_length == 0)
		task_learn(task);
	engine->frozen = job->sampling;
	task_tell_learned(task, !engine->frozen);
	/* Where states are recognised nobody goes round for ever. */
	engine->spins_awake = strategy == &strategy_states;
	/* Within a bound it matters what operations do to who can move. */
	task->runtime->refined =
		!job->plain_dependence && strategy != &strategy_bounded_dpor;
	engine->no_races = job->no_races;
	engine->recheck = job->recheck;
	engine->epochs.off = strategy->finds_races || job->no_races;
	engine->executions_max = job->max_executions;
	task->turn_end = job->turn_end;
	search = strategy->new (&options);
	task->link->shared->phase = PHASE_SEARCH;
	listen(task);
	if (job->resume_length > 0)
		resume(task, strategy, search);
	else if (!task_must_stop(task))
		begin_round(task, strategy, search);
	if (!run_rounds(task, strategy, search) && !engine->stopped) {
		/* Whoever stopped it may want to go on one day; but not with
		 * what would have been a new round. */
		if (task->rounds > 0 && !has_learned(engine))
			send_checkpoint(task, strategy, search);
		engine->incomplete_because |= REASON_LIMIT;
	}
	task_tell_learned(task, false);
	strategy->delete (search);
	find_state_free(find);
}
