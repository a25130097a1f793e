/*
 * The list of strategies.
 */
#include "strategy/strategy.h"

#include <string.h>

const struct strategy *strategy_by_name(const char *name)
{
	static const struct strategy *const all[] = {
		&strategy_dfs, &strategy_dpor, &strategy_random};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}
