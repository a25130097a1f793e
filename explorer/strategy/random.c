/*
 * Random walk: a fair choice among what is possible, at every step.
 *
 * Each run has a seed of its own, made of the user's seed and the run's number,
 * so that any run can be made again alone, and runs can be split over
 * processes.
 */
#include "base/random.h"
#include "base/memory.h"
#include "strategy/strategy.h"

/* Invariant: next <= runs. */
struct random_walk {
	uint64_t runs;
	uint64_t seed;
	uint64_t next; /* number of the next run */
};

static void *random_new(const struct strategy_options *options)
{
	struct random_walk *walk = memory_new(sizeof(*walk));

	walk->runs = options->runs;
	walk->seed = options->seed;
	return walk;
}

static void random_delete(void *self)
{
	memory_free(self, sizeof(struct random_walk));
}

static void random_restart(void *self)
{
	struct random_walk *walk = self;

	walk->next = 0;
}

/* Not where there are two, as nearly always. Where there is no choice nothing
 * is drawn. */
static __attribute__((noinline)) bool pick_otherwise(struct random *random,
						     struct engine *engine,
						     struct choice *ret_choice)
{
	uint32_t count = engine->choice_count;

	*ret_choice =
		engine->choices[count > 1 ? random_below(random, count) : 0];
	return true;
}

static bool pick_any(void *context, struct engine *engine,
		     struct choice *ret_choice)
{
	struct random *random = context;

	if (engine->choice_count != 2)
		return pick_otherwise(random, engine, ret_choice);
	*ret_choice = engine->choices[random_bit(random)];
	return true;
}

static void make_run(const struct random_walk *walk, struct engine *engine)
{
	struct random random;

	random_seed(&random, random_run_seed(walk->seed, walk->next));
	engine_begin(engine);
	engine_drive(engine, pick_any, &random);
}

static bool random_run(void *self, struct engine *engine, uint64_t steps)
{
	struct random_walk *walk = self;
	uint64_t steps_end = engine->steps + steps;

	while (walk->next < walk->runs && engine->steps < steps_end) {
		engine->shared->run = walk->next;
		make_run(walk, engine);
		engine_finish(engine);
		walk->next++;
		if (engine_wants_pause(engine))
			break;
	}
	return walk->next == walk->runs;
}

static double random_fraction(const void *self)
{
	const struct random_walk *walk = self;

	return walk->runs ? (double)walk->next / (double)walk->runs : 1;
}

static void random_save(const void *self, struct buffer *buffer)
{
	const struct random_walk *walk = self;

	buffer_put_u64(buffer, walk->next);
}

static void random_load(void *self, struct reader *reader)
{
	struct random_walk *walk = self;
	uint64_t next = reader_u64(reader);

	if (next > walk->runs)
		reader->failed = true;
	else
		walk->next = next;
}

const struct strategy strategy_random = {
	.name = "random",
	.new = random_new,
	.delete = random_delete,
	.restart = random_restart,
	.run = random_run,
	.fraction = random_fraction,
	.save = random_save,
	.load = random_load,
};
