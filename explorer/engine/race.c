/*
 * Data races between pending operations. See race.h.
 */
#include "engine/race.h"

#include "base/hash.h"
#include "engine/dependence.h"
#include "engine/order.h"

static struct part part_of(const struct thread *thread)
{
	return (struct part){.thread = thread->number,
			     .holder = THREADS_MAX,
			     .target = THREADS_MAX,
			     .operation = thread->pending};
}

static uint64_t side(const struct operation *operation)
{
	return hash_mix(operation->place, operation->op);
}

/* The same pair of places is the same race, whoever comes first. */
static uint64_t key_of(const struct operation *a, const struct operation *b)
{
	return side(a) + side(b);
}

void race_see(struct engine *engine, const struct thread *a,
	      const struct thread *b, const uint64_t *words)
{
	uint32_t finding;

	if (engine->no_races)
		return;
	finding = findings_recall(&engine->findings, words);
	if (finding != FINDING_NONE) {
		findings_see_again(&engine->findings, finding, engine->depth);
		findings_remember(&engine->findings, words, finding);
		return;
	}
	finding = findings_see(&engine->findings, FINDING_DATA_RACE,
			       key_of(&a->pending, &b->pending), engine->depth,
			       (struct part[]){part_of(a), part_of(b)}, 2);
	findings_remember(&engine->findings, words, finding);
	details_add_pending(engine, finding);
}

void race_check(struct engine *engine, const struct thread *thread)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *other;

	FOR_LIVE(other, state)
	if (other->state == THREAD_PENDING && other != thread)
		race_check_pair(engine, thread, other);
}

static struct part part_of_event(const struct performed *performed)
{
	return (struct part){.thread = performed->choice.thread,
			     .holder = THREADS_MAX,
			     .target = THREADS_MAX,
			     .operation = performed->operation};
}

uint32_t race_see_events(struct engine *engine, size_t earlier, size_t later)
{
	const struct performed *a = &engine->log[earlier];
	const struct performed *b = &engine->log[later];
	uint64_t one = race_word(&a->operation);
	uint64_t other = race_word(&b->operation);
	const uint64_t words[] = {one < other ? one : other,
				  one < other ? other : one};
	uint32_t finding = findings_recall(&engine->findings, words);

	if (finding != FINDING_NONE) {
		findings_see_again(&engine->findings, finding, later + 1);
		return finding;
	}
	finding = findings_see(
		&engine->findings, FINDING_DATA_RACE,
		key_of(&a->operation, &b->operation), later + 1,
		(struct part[]){part_of_event(a), part_of_event(b)}, 2);
	findings_remember(&engine->findings, words, finding);
	details_add_events(engine, finding, earlier, later);
	return finding;
}

/* The event behind the last one that was like this one, in the same epoch: all
 * before that were compared with such an access. 0 if there is none. */
static size_t compared_up_to(const struct engine *engine,
			     const struct order *order, size_t event)
{
	const struct operation *operation = &engine->log[event].operation;
	uint32_t at = order->events[event].previous;

	for (; at > 0 &&
	       order->events[at - 1].epoch == order->events[event].epoch;
	     at = order->events[at - 1].previous) {
		const struct operation *other = &engine->log[at - 1].operation;

		if (other->place == operation->place &&
		    other->address == operation->address &&
		    other->bytes == operation->bytes &&
		    other->source == operation->source &&
		    other->op == operation->op)
			return at;
	}
	return 0;
}

void race_check_event(struct engine *engine, const struct order *order,
		      size_t event)
{
	const struct performed *later = &engine->log[event];
	unsigned traits = op_traits[later->operation.op];
	struct order_walk walk;
	size_t first;

	if (engine->no_races || !(traits & OP_TRAIT_ACCESS))
		return;
	first = compared_up_to(engine, order, event);
	if ((traits & OP_TRAIT_ATOMIC) && !order_has_plain(order, first, event))
		return;
	order_walk(&walk, order, event,
		   order_clock(order, event, RELATION_SYNCHRONISED));
	while (order_step_back(&walk) && walk.event >= first) {
		const struct performed *earlier = &engine->log[walk.event];
		unsigned both = traits & op_traits[earlier->operation.op];

		/* What is atomic on both sides is the rule. */
		if ((both & (OP_TRAIT_ACCESS | OP_TRAIT_ATOMIC)) ==
			    OP_TRAIT_ACCESS &&
		    operations_race(&earlier->operation, &later->operation))
			race_see_events(engine, walk.event, event);
	}
}
