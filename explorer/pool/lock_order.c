/*
 * Lock-order inversions as warnings. See lock_order.h.
 */
#include "pool/lock_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pool/naming.h"

char *lock_order_sentence(const struct finding *finding)
{
	struct buffer text = {0};

	text_add(&text, "lock-order inversion: ");
	for (size_t i = 0; i + 1 < finding->thread_count; i += 2) {
		const struct blocked_thread *taken = &finding->threads[i];
		const struct blocked_thread *held = &finding->threads[i + 1];
		char *place = place_phrase(&taken->place);
		char *before = place_phrase(&held->place);
		/* Who called is not known any more. */
		bool is_told = !place_is_of_system(&held->place);

		text_add(&text, "%s%s takes %s%s while it holds %s%s%s",
			 i > 0 ? "; " : "", taken->thread, taken->waits_for,
			 place, held->waits_for, is_told ? ", taken" : "",
			 is_told ? before : "");
		free(place);
		free(before);
	}
	return (char *)text.data;
}

/* --- Leaving out */

static void drop(struct finding_list *list,
		 bool (*is_to_go)(const struct finding *))
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		struct found_finding *item = &list->at[i];

		if (!is_to_go(&item->finding)) {
			list->at[kept++] = *item;
			continue;
		}
		finding_fini(&item->finding);
		witness_fini(&item->witness);
	}
	list->count = kept;
}

static bool is_inversion(const struct finding *finding)
{
	return finding->kind == FINDING_LOCK_ORDER;
}

static bool is_old_inversion(const struct finding *finding)
{
	return is_inversion(finding) && finding->count == 0;
}

void lock_order_drop_old(struct found *found)
{
	drop(&found->findings, is_old_inversion);
	drop(&found->findings_aside, is_inversion);
}

/* --- Warning */

static bool is_same_place(const struct source_place *a,
			  const struct source_place *b)
{
	return a->line == b->line && a->file && b->file &&
	       strcmp(a->file, b->file) == 0;
}

static bool has_waiter_at(const struct finding *deadlock,
			  const struct source_place *place)
{
	for (size_t i = 0; i < deadlock->thread_count; i++)
		if (is_same_place(&deadlock->threads[i].place, place))
			return true;
	return false;
}

/* Whether its threads wait for what the inversion's threads take. */
static bool tells_of(const struct finding *deadlock,
		     const struct finding *inversion)
{
	if (deadlock->kind != FINDING_DEADLOCK)
		return false;
	for (size_t i = 0; i < inversion->thread_count; i += 2)
		if (!has_waiter_at(deadlock, &inversion->threads[i].place))
			return false;
	return true;
}

static bool has_deadlock(const struct finding_list *findings,
			 const struct finding *inversion)
{
	for (size_t i = 0; i < findings->count; i++)
		if (tells_of(&findings->at[i].finding, inversion))
			return true;
	return false;
}

void lock_order_warn(struct merged *merged, struct hunt *hunt)
{
	struct finding_list *findings = &merged->findings;

	for (size_t i = 0; i < findings->count; i++) {
		struct finding *finding = &findings->at[i].finding;

		if (!is_inversion(finding) || has_deadlock(findings, finding))
			continue;
		hunt_warn(hunt, finding->message);
		finding->message = NULL;
	}
	drop(findings, is_inversion);
}
