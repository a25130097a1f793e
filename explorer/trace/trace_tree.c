/*
 * The tree of a search. See trace_tree.h.
 */
#include "trace/trace_tree.h"

#include <stdlib.h>

void tree_fini(struct tree *tree)
{
	for (size_t i = 0; i < tree->state_count; i++) {
		struct tree_state *state = &tree->states[i];

		for (size_t j = 0; j < state->branch_count; j++)
			step_fini(&state->branches[j].step);
		free(state->branches);
		free(state->end);
	}
	free(tree->states);
	*tree = (struct tree){0};
}
