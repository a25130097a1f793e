/*
 * Learning what is visible: a few seeded random executions before the search.
 *
 * A search begins anew whenever it finds that more memory is shared than it
 * knew. Random walks find most of that in a few milliseconds.
 */
#include "base/random.h"
#include "job/job.h"

#define LEARNING_RUNS	   100U
#define LEARNING_STEPS_MAX ((uint64_t)1 << 18)
#define LEARNING_SEED	   0x6c6561726eU

/* A walk that chooses at random, and whether it ever had a choice. */
struct learning {
	struct random random;
	bool chose;
};

static bool pick_any(void *context, struct engine *engine,
		     struct choice *ret_choice)
{
	struct learning *learning = context;
	uint32_t count = engine->choice_count;

	learning->chose |= count > 1;
	*ret_choice = engine->choices[random_below(&learning->random, count)];
	return true;
}

/* One seeded random execution, whose end nobody asks about. Returns false if
 * there was never a choice. */
static bool learn_run(struct task *task, uint64_t run)
{
	struct learning learning = {.chose = false};

	random_seed(&learning.random, random_run_seed(LEARNING_SEED, run));
	task->link->shared->run = run;
	engine_begin(task->engine);
	engine_drive(task->engine, pick_any, &learning);
	world_check_input(&task->runtime->world);
	return learning.chose;
}

/* What executions of learning found is found again by the search. */
static void forget_learning(struct task *task)
{
	struct engine *engine = task->engine;

	findings_clear(&engine->findings);
	engine->steps = 0;
	engine->transitions = 0;
	engine->incomplete_because = 0;
	engine->stopped = false;
	engine->hangs = 0;
	task->runtime->unsupported = NULL;
	task->link->shared->run = 0;
}

/* A run that ends with threads which spin on memory that nobody else is known
 * to touch, each for very long, has taught what there is to learn; a few say
 * so. */
#define LEARNING_SPINS_MAX 4U

static bool has_spun_privately(const struct engine *engine)
{
	return engine->ending.kind == END_LIVELOCK && engine->depth > 0 &&
	       engine->log[engine->depth - 1].operation.op == OP_SPIN;
}

void task_learn(struct task *task)
{
	struct engine *engine = task->engine;
	bool grew = true;
	bool chose = true;
	unsigned spins = 0;

	task->link->shared->phase = PHASE_LEARNING;
	/* A run that hangs or cannot go on would do so again: the search will
	 * come to it. */
	for (uint64_t run = task->job->learn_first;
	     run < LEARNING_RUNS && (chose || grew) && !task_must_stop(task) &&
	     engine->steps < LEARNING_STEPS_MAX && !engine->runtime->hang &&
	     spins < LEARNING_SPINS_MAX;
	     run++) {
		chose = learn_run(task, run);
		spins += has_spun_privately(engine);
		grew = task_merge_learned(task);
		if (grew) {
			engine_new_round(engine);
			task_send_visible(task);
		}
	}
	forget_learning(task);
}
