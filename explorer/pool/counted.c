/*
 * How many interleavings there are (see counted.h).
 */
#include "pool/counted.h"

/* Steps of the second search: nobody is to notice it. */
#define COUNTED_STEPS ((uint64_t)1 << 14)

static struct outcome *same_outcome(const struct merged *merged,
				    const struct outcome *outcome)
{
	uint64_t key = outcome_key(outcome);

	for (size_t i = 0; i < merged->outcomes.count; i++)
		if (outcome_key(&merged->outcomes.at[i].outcome) == key)
			return &merged->outcomes.at[i].outcome;
	return NULL;
}

/* Both have the same outcomes: else one of them is of no use here. */
static bool agree(const struct merged *a, const struct merged *b)
{
	if (a->outcomes.count != b->outcomes.count)
		return false;
	for (size_t i = 0; i < a->outcomes.count; i++) {
		const struct outcome *same =
			same_outcome(b, &a->outcomes.at[i].outcome);

		if (!same || !same->interleavings)
			return false;
	}
	return true;
}

static void take(struct merged *to, const struct merged *from)
{
	for (size_t i = 0; i < to->outcomes.count; i++) {
		struct outcome *outcome = &to->outcomes.at[i].outcome;
		struct outcome *counted = same_outcome(from, outcome);

		outcome->interleavings = counted->interleavings;
		counted->interleavings = NULL;
	}
}

void counted_add(struct pass *pass)
{
	struct search search = pass->search;
	struct merged merged = {0};
	struct hunt hunt;

	search.strategy = "states";
	search.states = STATES_COUNT;
	search.stop_at_first = false;
	hunt_init(&hunt, &search, &pass->session);
	hunt.started = pass->hunt.started;
	/* All that there is to learn has been learned. */
	hunt.partner = &pass->hunt;
	hunt.learn_first = UINT64_MAX;
	hunt.turn_end = COUNTED_STEPS;
	hunt_run(&hunt);
	if (hunt.is_waiting)
		hunt_end(&hunt, STOP_LATE);
	if (hunt.stop == STOP_NOT && hunt.is_done &&
	    hunt.done.interleaving_words > 0) {
		merge(&hunt.found, false, NULL, &merged);
		if (agree(&pass->merged, &merged))
			take(&pass->merged, &merged);
		merged_fini(&merged);
	}
	hunt_fini(&hunt);
}
