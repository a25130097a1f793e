/*
 * The tree of a search for Graphviz. See tree.h.
 */
#include <stdlib.h>

#include "report/step_words.h"
#include "report/tree.h"

#define WORDS_COLUMNS 40

static void print_quoted(FILE *file, const char *text)
{
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			fputc('\\', file);
		fputc(*text, file);
	}
}

static void print_state(FILE *file, const struct tree *tree, size_t number)
{
	const struct tree_state *state = &tree->states[number];

	fprintf(file, "  s%zu [", number);
	if (state->end) {
		fputs("shape=box, style=bold, label=\"", file);
		print_quoted(file, state->end);
		fputs("\"];\n", file);
	} else {
		fprintf(file, "label=\"%s%zu\"];\n",
			state->is_asleep ? "blocked " : "", number);
	}
}

static void print_reason(FILE *file, const struct tree_branch *branch)
{
	switch (branch->kind) {
	case BRANCH_TAKEN:
		break;
	case BRANCH_ASLEEP:
		fprintf(file, "\\nasleep: as from %zu", branch->state);
		break;
	case BRANCH_NEEDLESS:
		fputs("\\nnot needed", file);
		break;
	case BRANCH_BEYOND:
		fputs("\\nbeyond the bound", file);
		break;
	case BRANCH_OPEN:
		fputs("\\nopen", file);
		break;
	}
}

/* What was left out leads to a place of its own. */
static void print_branch(FILE *file, const struct tree_branch *branch,
			 size_t number, size_t index)
{
	char name[THREAD_NAME_BYTES];
	char *words = step_words(&branch->step, WORDS_COLUMNS);
	bool taken = branch->kind == BRANCH_TAKEN;

	if (taken)
		fprintf(file, "  s%zu -> s%zu [label=\"", number,
			branch->state);
	else
		fprintf(file,
			"  p%zu_%zu [shape=point, color=grey];\n"
			"  s%zu -> p%zu_%zu [style=dashed, color=grey, "
			"fontcolor=grey, label=\"",
			number, index, number, number, index);
	fprintf(file, "%s ", thread_name(branch->step.thread, name));
	print_quoted(file, words);
	print_reason(file, branch);
	fputs("\"];\n", file);
	free(words);
}

void tree_print_dot(FILE *file, const struct tree *tree)
{
	fputs("digraph search {\n"
	      "  node [shape=circle, fontname=\"sans-serif\"];\n"
	      "  edge [fontname=\"sans-serif\"];\n",
	      file);
	for (size_t i = 0; i < tree->state_count; i++) {
		const struct tree_state *state = &tree->states[i];

		print_state(file, tree, i);
		for (size_t j = 0; j < state->branch_count; j++)
			print_branch(file, &state->branches[j], i, j);
	}
	fputs("}\n", file);
}
