/*
 * The list of strategies.
 */
#include "strategy/strategy.h"

#include <string.h>

const struct strategy *strategy_for(const char *name,
				    const struct strategy_options *options)
{
	static const struct strategy *const all[] = {
		&strategy_dfs, &strategy_dpor, &strategy_source_dpor,
		&strategy_random, &strategy_states};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i] == &strategy_dpor &&
					       options->bound.kind != BOUND_NONE
				       ? &strategy_bounded_dpor
				       : all[i];
	return NULL;
}
