/*
 * Outcomes and findings that are the same for the user become one.
 */
#include "pool/merge.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "pool/interleavings.h"
#include "pool/lock_order.h"
#include "pool/sentence.h"

/* One item's key, and the place it had. */
struct keyed {
	uint64_t key;
	size_t index;
};

static int compare_keyed(const void *left, const void *right)
{
	const struct keyed *a = left;
	const struct keyed *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

/* Returns, for each item, its place among those that are different, which are
 * in the order of the first of each. */
static size_t *places_of(struct keyed *keyed, size_t count)
{
	size_t *places = memory_new(count * sizeof(*places));
	size_t leader = 0;
	size_t different = 0;

	if (count)
		qsort(keyed, count, sizeof(*keyed), compare_keyed);
	/* For a start the index of the first that is the same. */
	for (size_t i = 0; i < count; i++) {
		if (keyed[i].key != keyed[leader].key)
			leader = i;
		places[keyed[i].index] = keyed[leader].index;
	}
	for (size_t i = 0; i < count; i++)
		places[i] = places[i] == i ? different++ : places[places[i]];
	return places;
}

static uint64_t greater(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* Both lists' items, in one; the lists are empty afterwards. */
static struct outcome_list join_outcomes(struct outcome_list *first,
					 struct outcome_list *second)
{
	struct outcome_list all = *first;

	*first = (struct outcome_list){0};
	for (size_t i = 0; i < second->count; i++)
		outcome_list_add(&all, second->at[i]);
	free(second->at);
	*second = (struct outcome_list){0};
	return all;
}

static void drop_outcome(struct found_outcome *item)
{
	outcome_fini(&item->outcome);
	witness_fini(&item->witness);
}

static void absorb_outcome(struct found_outcome *into,
			   struct found_outcome *item, bool add)
{
	struct outcome *to = &into->outcome;
	const struct outcome *from = &item->outcome;

	if (add || (into->witness.is_fatal && item->witness.is_fatal)) {
		to->count += from->count;
		to->lost_updates += from->lost_updates;
		interleavings_add(to, from);
	}
	if (!into->witness.schedule) {
		struct witness none = into->witness;

		into->witness = item->witness;
		item->witness = none;
	}
	drop_outcome(item);
}

/* The first `current` ones are of the last round; what was set aside counts
 * only if that round did not find it. */
static struct outcome_list merge_outcomes(struct outcome_list *all,
					  size_t current)
{
	struct outcome_list merged = {0};
	size_t count = all->count;
	struct keyed *keyed = memory_new(count * sizeof(*keyed));
	size_t *places;

	for (size_t i = 0; i < count; i++)
		keyed[i] = (struct keyed){outcome_key(&all->at[i].outcome), i};
	places = places_of(keyed, count);
	for (size_t i = 0; i < count; i++) {
		if (places[i] == merged.count) {
			outcome_list_add(&merged, all->at[i]);
			continue;
		}
		assert(merged.at);
		absorb_outcome(&merged.at[places[i]], &all->at[i], i < current);
	}
	free(places);
	free(keyed);
	free(all->at);
	return merged;
}

static struct finding_list join_findings(struct finding_list *first,
					 struct finding_list *second)
{
	struct finding_list all = *first;

	*first = (struct finding_list){0};
	for (size_t i = 0; i < second->count; i++)
		finding_list_add(&all, second->at[i]);
	free(second->at);
	*second = (struct finding_list){0};
	return all;
}

static bool ends_execution(enum finding_kind kind)
{
	switch (kind) {
	case FINDING_ASSERTION:
	case FINDING_ABORT:
	case FINDING_CRASH:
	case FINDING_STACK_OVERFLOW:
	case FINDING_DEADLOCK:
	case FINDING_LIVELOCK:
		return true;
	case FINDING_DATA_RACE:
	case FINDING_UNEXPECTED_VALUE:
	case FINDING_MISUSE:
	case FINDING_USE_AFTER_FREE:
	case FINDING_DOUBLE_FREE:
	case FINDING_INVALID_FREE:
	case FINDING_OUT_OF_BOUNDS:
	case FINDING_UNINITIALISED_READ:
	case FINDING_USE_AFTER_RETURN:
	case FINDING_LEAK:
	case FINDING_NONDETERMINISM:
	case FINDING_LOCK_ORDER:
	case FINDING_COUNT:
		break;
	}
	return false;
}

static bool only_reads(const struct access *access)
{
	enum op op = op_by_name(access->operation);

	return op == OP_READ || op == OP_ATOMIC_LOAD;
}

static bool reads_and_writes(const struct finding *finding)
{
	return finding->access_count == 2 &&
	       only_reads(&finding->accesses[0]) !=
		       only_reads(&finding->accesses[1]);
}

/* Rather an execution of the search than one of learning; and a read that
 * misses a write says more of a lost update than two writes do. */
static bool tells_more(const struct finding *a, const struct finding *b)
{
	if ((a->count > 0) != (b->count > 0))
		return a->count > 0;
	return reads_and_writes(a) && !reads_and_writes(b);
}

static void swap_findings(struct found_finding *a, struct found_finding *b)
{
	struct found_finding item = *a;

	*a = *b;
	*b = item;
}

static void absorb_finding(struct found_finding *into,
			   struct found_finding *item, bool add)
{
	struct finding *to = &into->finding;
	const struct finding *from = &item->finding;

	if (tells_more(from, to))
		swap_findings(into, item);
	if (add || (into->witness.is_fatal && item->witness.is_fatal))
		to->count += from->count;
	else
		to->count = greater(to->count, from->count);
	finding_fini(&item->finding);
	witness_fini(&item->witness);
}

static struct finding_list merge_findings(struct finding_list *all,
					  size_t current)
{
	struct finding_list merged = {0};
	size_t count = all->count;
	struct keyed *keyed = memory_new(count * sizeof(*keyed));
	size_t *places;

	for (size_t i = 0; i < count; i++)
		keyed[i] = (struct keyed){finding_key(&all->at[i].finding), i};
	places = places_of(keyed, count);
	for (size_t i = 0; i < count; i++) {
		struct found_finding *item = &all->at[i];

		if (places[i] == merged.count) {
			finding_list_add(&merged, *item);
			continue;
		}
		assert(merged.at);
		absorb_finding(&merged.at[places[i]], item,
			       i < current &&
				       ends_execution(item->finding.kind));
	}
	/* Seen in learning only: once at least. */
	for (size_t i = 0; i < merged.count; i++)
		merged.at[i].finding.count =
			greater(merged.at[i].finding.count, 1);
	free(places);
	free(keyed);
	free(all->at);
	return merged;
}

/* Outcomes that are contradicted alike, and differ in their output only, make
 * one finding. */
static bool absorb_unexpected(struct merged *merged, const char *message,
			      uint64_t count)
{
	for (size_t i = 0; i < merged->findings.count; i++) {
		struct finding *finding = &merged->findings.at[i].finding;

		if (finding->kind != FINDING_UNEXPECTED_VALUE ||
		    strcmp(finding->message, message) != 0)
			continue;
		finding->count += count;
		return true;
	}
	return false;
}

static void add_unexpected(struct merged *merged, const char *expect)
{
	for (size_t i = 0; i < merged->outcomes.count; i++) {
		const struct outcome *outcome = &merged->outcomes.at[i].outcome;
		struct found_finding item = {.outcome = i + 1};

		if (!outcome->unexpected)
			continue;
		item.finding.kind = FINDING_UNEXPECTED_VALUE;
		item.finding.count = outcome->count;
		item.finding.message = sentence_of_unexpected(outcome, expect);
		if (absorb_unexpected(merged, item.finding.message,
				      outcome->count)) {
			free(item.finding.message);
			continue;
		}
		finding_list_add(&merged->findings, item);
	}
}

void merge(struct found *found, bool cut_short, const char *expect,
	   struct merged *ret_merged)
{
	size_t outcomes = found->outcomes.count;
	size_t findings;
	struct outcome_list all_outcomes;
	struct finding_list all_findings;

	if (!cut_short) {
		outcome_list_fini(&found->outcomes_aside);
		lock_order_drop_old(found);
	}
	findings = found->findings.count;
	all_outcomes = join_outcomes(&found->outcomes, &found->outcomes_aside);
	all_findings = join_findings(&found->findings, &found->findings_aside);
	ret_merged->outcomes = merge_outcomes(&all_outcomes, outcomes);
	ret_merged->findings = merge_findings(&all_findings, findings);
	add_unexpected(ret_merged, expect);
}

void merged_fini(struct merged *merged)
{
	outcome_list_fini(&merged->outcomes);
	finding_list_fini(&merged->findings);
}
