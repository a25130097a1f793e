/*
 * One search with one bound (see pass.h).
 */
#include "pool/pass.h"

#include "pool/filter.h"
#include "pool/lock_order.h"
#include "pool/traces.h"

int pass_begin(const struct program *program, const struct search *search,
	       const char *strategy, uint32_t bound, double started,
	       struct pass *ret_pass)
{
	struct pass *pass = ret_pass;
	struct session_options options = {
		.child = {.program = program, .output = -1},
		.watches = search->watches,
		.watch_count = search->watch_count,
		.expect = search->expect,
		.find = search->finds_state ? NULL : search->find,
		.find_state = search->finds_state ? search->find : NULL,
		.blame = ""};

	*pass = (struct pass){.search = *search};
	pass->search.strategy = strategy;
	if (session_open(&options, &pass->session) != 0) {
		*pass = (struct pass){0};
		return -1;
	}
	hunt_init(&pass->hunt, &pass->search, &pass->session);
	pass->hunt.started = started;
	pass->hunt.bound = bound;
	return 0;
}

bool pass_is_cut_short(const struct pass *pass)
{
	return !pass->hunt.is_done ||
	       (pass->reasons & (REASON_LIMIT | REASON_INTERRUPTED |
				 REASON_MEMORY | REASON_UNSUPPORTED_CALL));
}

static void name_tree(struct pass *pass)
{
	struct tree *tree = pass->search.tree;
	bool whole = !(pass->reasons & (REASON_LIMIT | REASON_INTERRUPTED));

	if (!tree)
		return;
	tree_fini(tree);
	tree_heard_name(&pass->hunt.tree, &pass->hunt.found, whole, tree);
}

void pass_end(struct pass *pass)
{
	const struct search *search = &pass->search;

	pass->reasons = hunt_reasons(&pass->hunt);
	name_tree(pass);
	merge(&pass->hunt.found, pass_is_cut_short(pass), search->expect,
	      &pass->merged);
	pass->suppressed = filter_apply(search->filter, &pass->merged);
	lock_order_warn(&pass->merged, &pass->hunt);
}

void pass_fini(struct pass *pass)
{
	if (!pass->hunt.search)
		return;
	merged_fini(&pass->merged);
	hunt_fini(&pass->hunt);
	session_close(&pass->session);
	*pass = (struct pass){0};
}

/* --- What another found besides */

static bool has_finding(const struct merged *merged,
			const struct finding *finding)
{
	uint64_t key = finding_key(finding);

	for (size_t i = 0; i < merged->findings.count; i++)
		if (finding_key(&merged->findings.at[i].finding) == key)
			return true;
	return false;
}

static bool has_outcome(const struct merged *merged,
			const struct outcome *outcome)
{
	uint64_t key = outcome_key(outcome);

	for (size_t i = 0; i < merged->outcomes.count; i++)
		if (outcome_key(&merged->outcomes.at[i].outcome) == key)
			return true;
	return false;
}

/* Leaves the outcomes that `known` lacks, if any are wanted; findings say where
 * theirs has gone. */
static void keep_new_outcomes(struct merged *merged, const struct merged *known,
			      bool wanted)
{
	struct outcome_list all = merged->outcomes;

	merged->outcomes = (struct outcome_list){0};
	for (size_t i = 0; i < all.count; i++) {
		struct found_outcome item = all.at[i];
		bool is_new = wanted && !has_outcome(known, &item.outcome);

		for (size_t j = 0; j < merged->findings.count; j++)
			if (merged->findings.at[j].outcome == i + 1)
				merged->findings.at[j].outcome =
					is_new ? merged->outcomes.count + 1 : 0;
		if (!is_new)
			continue;
		item.outcome.count = 0;
		outcome_list_add(&merged->outcomes, item);
		all.at[i] = (struct found_outcome){0};
	}
	outcome_list_fini(&all);
}

static void keep_new_findings(struct merged *merged, const struct merged *known)
{
	struct finding_list all = merged->findings;

	merged->findings = (struct finding_list){0};
	for (size_t i = 0; i < all.count; i++) {
		if (has_finding(known, &all.at[i].finding))
			continue;
		all.at[i].finding.count = 0;
		finding_list_add(&merged->findings, all.at[i]);
		all.at[i] = (struct found_finding){0};
	}
	finding_list_fini(&all);
}

static void move_all(struct merged *to, struct merged *from)
{
	for (size_t i = 0; i < from->findings.count; i++) {
		from->findings.at[i].outcome = 0;
		finding_list_add(&to->findings, from->findings.at[i]);
		from->findings.at[i] = (struct found_finding){0};
	}
	for (size_t i = 0; i < from->outcomes.count; i++) {
		outcome_list_add(&to->outcomes, from->outcomes.at[i]);
		from->outcomes.at[i] = (struct found_outcome){0};
	}
}

/* One that was given up warns of that alone. */
static void move_warnings(struct hunt *to, struct hunt *from)
{
	if (from->is_over && !from->is_done)
		return;
	for (size_t i = 0; i < from->warning_count; i++)
		hunt_warn_once(to, from->warnings[i]);
	from->warning_count = 0;
}

char *pass_take_over(struct pass *pass, struct pass *other)
{
	char *error;

	keep_new_findings(&other->merged, &pass->merged);
	keep_new_outcomes(&other->merged, &pass->merged,
			  pass_is_cut_short(pass));
	error = traces_write(&other->hunt, &other->merged);
	move_all(&pass->merged, &other->merged);
	move_warnings(&pass->hunt, &other->hunt);
	return error;
}
