/*
 * Outcomes and findings that are the same for the user become one.
 *
 * Outcomes are the same if their end, status, values and output are. Findings
 * are the same if their kind and places in the source are (of a race: with the
 * variables), whichever threads were concerned, whichever access or thread
 * comes first, and whatever the accesses did.
 *
 * Counts are executions. Outcomes that become one have theirs added; so have
 * findings that end an execution, since no execution ends twice. Of findings
 * that do not, such as data races, one execution may show several: the
 * greatest of the counts is kept, which is a lower bound.
 */
#ifndef EXPLORER_POOL_MERGE_H
#define EXPLORER_POOL_MERGE_H

#include <stdbool.h>

#include "pool/found.h"

struct merged {
	struct outcome_list outcomes;
	struct finding_list findings;
};

/* Moves everything out of *found, except the visible sets. cut_short: the
 * search did not get to its end, so outcomes that were set aside count. Adds
 * an unexpected-value finding for each outcome that contradicts `expect`. */
void merge(struct found *found, bool cut_short, const char *expect,
	   struct merged *ret_merged);
void merged_fini(struct merged *merged);

/* Digests of what makes an outcome, a finding, the same as another. */
uint64_t outcome_key(const struct outcome *outcome);
uint64_t finding_key(const struct finding *finding);

#endif
