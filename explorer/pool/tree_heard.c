/*
 * The tree of a search, as it is told. See tree_heard.h.
 */
#include "pool/tree_heard.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "pool/naming.h"
#include "pool/record.h"

struct heard_branch {
	struct event event;
	enum tree_fate fate;
	size_t order; /* how manieth that was taken here, from 1; 0: none */
	size_t state; /* where it leads; asleep: where it was taken */
};

struct heard_state {
	struct heard_branch *branches;
	size_t branch_count;
	size_t taken; /* branches so far */
	size_t last;  /* the branch that was taken last */
	bool ended;
	uint32_t outcome;
};

void tree_heard_clear(struct tree_heard *heard)
{
	for (size_t i = 0; i < heard->count; i++)
		free(heard->states[i].branches);
	heard->count = 0;
	heard->depth = 0;
}

void tree_heard_fini(struct tree_heard *heard)
{
	tree_heard_clear(heard);
	memory_free(heard->states, heard->capacity * sizeof(*heard->states));
	memory_free(heard->path, heard->path_capacity * sizeof(*heard->path));
	*heard = (struct tree_heard){0};
}

static struct heard_state *state_on_path(struct tree_heard *heard, size_t depth)
{
	return &heard->states[heard->path[depth]];
}

/* The branch of a state with this thread and alternative; its number of
 * branches if there is none. */
static size_t find_branch(const struct heard_state *state, uint32_t thread,
			  uint32_t alternative)
{
	size_t i = 0;

	while (i < state->branch_count &&
	       (state->branches[i].event.thread != thread ||
		state->branches[i].event.alternative != alternative))
		i++;
	return i;
}

/* Where further up on the path a step was taken that now sleeps. */
static size_t where_taken(struct tree_heard *heard, const struct event *event)
{
	for (size_t depth = heard->depth; depth-- > 0;) {
		const struct heard_state *state = state_on_path(heard, depth);
		size_t branch =
			find_branch(state, event->thread, event->alternative);

		if (branch < state->branch_count && branch != state->last &&
		    state->branches[branch].order > 0)
			return heard->path[depth];
	}
	return 0;
}

static void take_choices(struct tree_heard *heard, struct heard_state *state,
			 const struct tree_message *message)
{
	const struct tree_choice *from = message->choices;

	state->branch_count = message->choice_count;
	state->branches =
		calloc(state->branch_count + 1, sizeof(*state->branches));
	for (size_t i = 0; i < state->branch_count; i++) {
		struct heard_branch *branch = &state->branches[i];
		struct tree_choice choice;

		memcpy(&choice, from + i, sizeof(choice));
		branch->event = choice.event;
		branch->fate = (enum tree_fate)choice.fate;
		if (branch->fate == TREE_ASLEEP)
			branch->state = where_taken(heard, &branch->event);
	}
}

/* The step that led to the state at the end of the path is done. */
static void complete_step(struct tree_heard *heard, size_t state,
			  const struct tree_message *message)
{
	struct heard_state *above = state_on_path(heard, heard->depth - 1);
	struct heard_branch *branch = &above->branches[above->last];

	branch->state = state;
	branch->event.result = message->result;
	branch->event.has_values &= message->has_after;
	branch->event.after = message->after;
}

static int add_state(struct tree_heard *heard,
		     const struct tree_message *message)
{
	struct heard_state state = {.ended = message->news == TREE_END,
				    .outcome = message->outcome};
	void *states = heard->states;
	void *path = heard->path;

	if (message->depth != heard->depth ||
	    (heard->depth == 0 && heard->count > 0))
		return -1;
	take_choices(heard, &state, message);
	memory_reserve(&states, &heard->capacity, heard->count + 1,
		       sizeof(*heard->states));
	heard->states = states;
	memory_reserve(&path, &heard->path_capacity, heard->depth + 1,
		       sizeof(*heard->path));
	heard->path = path;
	if (heard->depth > 0)
		complete_step(heard, heard->count, message);
	heard->path[heard->depth] = heard->count;
	heard->states[heard->count++] = state;
	return 0;
}

static int add_step(struct tree_heard *heard,
		    const struct tree_message *message)
{
	struct heard_state *state;
	size_t branch;

	if (message->depth > heard->depth || heard->count == 0)
		return -1;
	state = state_on_path(heard, message->depth);
	branch = find_branch(state, message->thread, message->alternative);
	if (branch == state->branch_count)
		return -1;
	state->branches[branch].order = ++state->taken;
	state->last = branch;
	heard->depth = message->depth + 1;
	return 0;
}

int tree_heard_add(struct tree_heard *heard, const struct tree_message *message)
{
	return message->news == TREE_STEP ? add_step(heard, message)
					  : add_state(heard, message);
}

/* --- With names */

static char *end_text(const struct outcome *outcome)
{
	struct buffer text = {0};

	if (outcome->end != END_EXIT)
		text_add(&text, "%s", end_name(outcome->end));
	else if (outcome->status != 0 || outcome->value_count == 0)
		text_add(&text, "exit %d", outcome->status);
	for (size_t i = 0; i < outcome->value_count; i++)
		text_add(&text, "%s%s = %s", text.length > 0 ? ", " : "",
			 outcome->values[i].name, outcome->values[i].text);
	return (char *)text.data;
}

static enum branch_kind kind_of(const struct heard_branch *branch, bool whole)
{
	if (branch->order > 0)
		return BRANCH_TAKEN;
	if (branch->fate == TREE_ASLEEP)
		return BRANCH_ASLEEP;
	if (branch->fate == TREE_BEYOND)
		return BRANCH_BEYOND;
	return whole ? BRANCH_NEEDLESS : BRANCH_OPEN;
}

static struct tree_branch name_branch(const struct heard_branch *heard,
				      const struct found *found, bool whole)
{
	struct tree_branch branch = {
		.kind = kind_of(heard, whole),
		.step = step_named(found->session->symbols, &heard->event),
		.state = heard->state,
	};

	/* What has not happened has no result. */
	if (branch.kind != BRANCH_TAKEN) {
		free(branch.step.result);
		branch.step.result = NULL;
		branch.step.has_values = false;
	}
	return branch;
}

static int by_turn(const void *left, const void *right)
{
	const struct heard_branch *a = left;
	const struct heard_branch *b = right;

	/* 0 wraps around to the last place. */
	return (a->order - 1 > b->order - 1) - (a->order - 1 < b->order - 1);
}

static struct tree_state name_state(const struct heard_state *heard,
				    const struct found *found, bool whole)
{
	struct tree_state state = {
		.branch_count = heard->branch_count,
		.branches = calloc(heard->branch_count + 1,
				   sizeof(*state.branches)),
		.is_asleep = !heard->ended && heard->taken == 0,
	};

	qsort(heard->branches, heard->branch_count, sizeof(*heard->branches),
	      by_turn);
	for (size_t i = 0; i < heard->branch_count; i++) {
		state.branches[i] =
			name_branch(&heard->branches[i], found, whole);
		state.is_asleep &= heard->branches[i].fate == TREE_ASLEEP;
	}
	if (heard->ended && heard->outcome < found->outcomes.count)
		state.end =
			end_text(&found->outcomes.at[heard->outcome].outcome);
	return state;
}

void tree_heard_name(const struct tree_heard *heard, const struct found *found,
		     bool whole, struct tree *ret_tree)
{
	*ret_tree = (struct tree){
		.states = calloc(heard->count + 1, sizeof(struct tree_state)),
		.state_count = heard->count,
	};
	for (size_t i = 0; i < heard->count; i++)
		ret_tree->states[i] =
			name_state(&heard->states[i], found, whole);
}
