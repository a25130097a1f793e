/*
 * Tells the command of the search's tree as it grows (--tree).
 */
#include "base/memory.h"
#include "channel/tree_message.h"
#include "engine/record.h"
#include "job/job.h"

static void tell(struct task *task, const struct tree_message *message)
{
	tree_put(&task->link->body, message);
	link_send(task->link, MESSAGE_TREE);
}

/* With what the step left that led here. */
static struct tree_message message_here(const struct task *task,
					enum tree_news news)
{
	const struct engine *engine = task->engine;
	struct tree_message message = {.news = news, .depth = engine->depth};
	const struct thread *threads = engine->runtime->state.threads;

	if (engine->depth > 0) {
		message.result =
			threads[engine->log[engine->depth - 1].choice.thread]
				.result;
		message.has_after = record_left(engine, &message.after);
	}
	return message;
}

static void tell_state(void *context, const uint8_t *fates)
{
	struct task *task = context;
	const struct engine *engine = task->engine;
	struct tree_message message = message_here(task, TREE_STATE);
	size_t bytes = engine->choice_count * sizeof(struct tree_choice);
	struct tree_choice *choices = memory_new(bytes);

	for (uint32_t i = 0; i < engine->choice_count; i++) {
		record_choice(engine, engine->choices[i], &choices[i].event);
		choices[i].fate = fates[i];
	}
	message.choices = choices;
	message.choice_count = engine->choice_count;
	tell(task, &message);
	memory_free(choices, bytes);
}

static void tell_step(void *context, struct choice choice)
{
	struct task *task = context;
	struct tree_message message = {.news = TREE_STEP,
				       .depth = task->engine->depth,
				       .thread = choice.thread,
				       .alternative = choice.alternative};

	tell(task, &message);
}

static void tell_end(void *context, uint32_t outcome)
{
	struct tree_message message = message_here(context, TREE_END);

	message.outcome = outcome;
	tell(context, &message);
}

void task_listen_to_tree(struct task *task)
{
	task->engine->listener.state = tell_state;
	task->engine->listener.branch = tell_step;
	task->engine->listener.end = tell_end;
}
