/*
 * The tree of a search as text. See tree.h.
 */
#include "report/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/step_words.h"
#include "report/words.h"

/* Of a step, and of how an execution ended. */
#define WORDS_COLUMNS 60

struct drawing {
	const struct terminal *terminal;
	const struct tree *tree;
	struct buffer prefix; /* what stands before each line */
};

static enum paint paint_of(const struct tree_branch *branch)
{
	static const enum paint paints[] = {PAINT_NONE, PAINT_CYAN,
					    PAINT_MAGENTA, PAINT_YELLOW,
					    PAINT_BLUE};

	return branch->kind == BRANCH_TAKEN
		       ? paints[branch->step.thread %
				(sizeof(paints) / sizeof(*paints))]
		       : PAINT_DIM;
}

static void print_reason(const struct drawing *drawing,
			 const struct tree_branch *branch)
{
	const struct terminal *terminal = drawing->terminal;

	switch (branch->kind) {
	case BRANCH_TAKEN:
		break;
	case BRANCH_ASLEEP:
		terminal_paint(terminal, PAINT_DIM,
			       "  asleep: explored from state %zu, and nothing "
			       "since conflicts with it",
			       branch->state);
		break;
	case BRANCH_NEEDLESS:
		terminal_paint(terminal, PAINT_DIM,
			       "  not needed: no race asks for it here");
		break;
	case BRANCH_BEYOND:
		terminal_paint(terminal, PAINT_DIM, "  beyond the bound");
		break;
	case BRANCH_OPEN:
		terminal_paint(terminal, PAINT_DIM,
			       "  open: the search was ended before");
		break;
	}
}

/* Whether there is anything to choose, or to say. */
static bool is_fork(const struct tree_state *state)
{
	return state->branch_count > 1 ||
	       (state->branch_count == 1 &&
		state->branches[0].kind != BRANCH_TAKEN);
}

static void print_branch(const struct drawing *drawing, const char *arm,
			 const struct tree_branch *branch)
{
	const struct terminal *terminal = drawing->terminal;
	const struct step *step = &branch->step;
	char name[THREAD_NAME_BYTES];
	char *words = step_words(step, WORDS_COLUMNS);

	terminal_paint(terminal, PAINT_DIM, "%s%s",
		       (char *)drawing->prefix.data, arm);
	terminal_paint(terminal, paint_of(branch), "%s %s",
		       thread_name(step->thread, name), words);
	free(words);
	if (branch->kind == BRANCH_TAKEN && step->file)
		terminal_paint(terminal, PAINT_DIM, "  %s:%u", step->file,
			       step->line);
	print_reason(drawing, branch);
	if (branch->kind == BRANCH_TAKEN &&
	    is_fork(&drawing->tree->states[branch->state]))
		terminal_paint(terminal, PAINT_DIM, "  state %zu",
			       branch->state);
	fputc('\n', terminal->file);
}

static void print_end(const struct drawing *drawing,
		      const struct tree_state *state)
{
	const struct terminal *terminal = drawing->terminal;
	struct buffer safe = {0};

	if (!state->end && !state->is_asleep)
		return;
	terminal_paint(terminal, PAINT_DIM, "%s", (char *)drawing->prefix.data);
	if (state->end) {
		words_escaped(&safe, state->end, strlen(state->end),
			      WORDS_COLUMNS);
		terminal_paint(terminal, PAINT_BOLD, "%s %s\n",
			       terminal->utf8 ? "■" : "=", (char *)safe.data);
		buffer_fini(&safe);
	} else {
		terminal_paint(terminal, PAINT_DIM,
			       "blocked: all that is left sleeps\n");
	}
}

static void print_state(struct drawing *drawing, size_t number);

static void print_fork(struct drawing *drawing, const struct tree_state *state)
{
	const bool utf8 = drawing->terminal->utf8;
	const size_t length = drawing->prefix.length;

	for (size_t i = 0; i < state->branch_count; i++) {
		const struct tree_branch *branch = &state->branches[i];
		bool last = i + 1 == state->branch_count;

		print_branch(drawing,
			     last   ? utf8 ? "└─ " : "`- "
			     : utf8 ? "├─ "
				    : "|- ",
			     branch);
		if (branch->kind != BRANCH_TAKEN)
			continue;
		text_add(&drawing->prefix, "%s",
			 last	? "   "
			 : utf8 ? "│  "
				: "|  ");
		print_state(drawing, branch->state);
		drawing->prefix.length = length;
		drawing->prefix.data[length] = '\0';
	}
}

static void print_state(struct drawing *drawing, size_t number)
{
	const struct tree_state *state = &drawing->tree->states[number];

	while (!is_fork(state) && state->branch_count == 1) {
		print_branch(drawing, "", &state->branches[0]);
		state = &drawing->tree->states[state->branches[0].state];
	}
	print_end(drawing, state);
	print_fork(drawing, state);
}

static void print_counts(const struct drawing *drawing)
{
	const struct tree *tree = drawing->tree;
	size_t ends = 0;
	size_t left_out = 0;

	for (size_t i = 0; i < tree->state_count; i++) {
		const struct tree_state *state = &tree->states[i];

		ends += state->end != NULL;
		for (size_t j = 0; j < state->branch_count; j++)
			left_out += state->branches[j].kind != BRANCH_TAKEN;
	}
	fprintf(drawing->terminal->file, "\n%s, ",
		words_counted(ends, "execution", "executions").text);
	fprintf(drawing->terminal->file, "%s, ",
		words_counted(tree->state_count, "state on the way",
			      "states on the way")
			.text);
	fprintf(drawing->terminal->file, "%s left out\n",
		words_counted(left_out, "step", "steps").text);
}

void tree_print(const struct terminal *terminal, const struct tree *tree)
{
	struct drawing drawing = {.terminal = terminal, .tree = tree};

	text_add(&drawing.prefix, "%s", "");
	if (tree->state_count > 0) {
		if (is_fork(&tree->states[0]))
			terminal_paint(terminal, PAINT_DIM, "state 0\n");
		print_state(&drawing, 0);
	}
	print_counts(&drawing);
	buffer_fini(&drawing.prefix);
}
