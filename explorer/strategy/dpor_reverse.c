/*
 * How to reverse a race. dpor.c has the idea and the paper.
 */
#include "strategy/dpor_reverse.h"

#include "base/memory.h"
#include "engine/dependence.h"
#include "runtime/alternative.h"
#include "runtime/barrier.h"

/* Whether an event is left out on the way to where `later` comes first. */
static inline bool is_left_out(const struct dpor *dpor,
			       const struct engine *engine,
			       const struct postponed *postponed,
			       const struct wake *later, size_t event)
{
	return available_is_postponed(postponed, &dpor->order, engine, event) ||
	       possible_must_wait(&dpor->order, engine, postponed->at[0], event,
				  later);
}

static bool is_at_barrier(const struct operation *operation, uintptr_t barrier)
{
	return op_object(operation->op) == OP_OBJECT_BARRIER &&
	       operation->op != OP_BARRIER_LEAVE &&
	       operation->address == barrier;
}

void dpor_arrive_without(const struct dpor *dpor, const struct engine *engine,
			 const struct postponed *postponed,
			 const struct wake *later, size_t before,
			 struct wake *arrival)
{
	uint32_t missing = barrier_missing(&arrival->operation);

	for (size_t i = postponed->at[0]; i < before; i++) {
		const struct operation *operation = &engine->log[i].operation;

		if (!is_at_barrier(operation, arrival->operation.address) ||
		    (i > postponed->at[0] &&
		     !is_left_out(dpor, engine, postponed, later, i)))
			continue;
		if (operation->op != OP_BARRIER_ARRIVE ||
		    barrier_missing(operation) == 1) {
			arrival->operation.detail = COMMUTES_NOT;
			return;
		}
		missing++;
	}
	arrival->operation.detail = barrier_commuting(missing);
}

/* Several races in a row may have the same first event. */
static void list_beside(struct dpor *dpor, const struct engine *engine,
			size_t first)
{
	const struct order_mark mark = order_mark(&dpor->order, first);
	const size_t depth = engine->depth;
	size_t count = 0;
	uint32_t *beside;

	if (dpor->beside_of == first + 1)
		return;
	memory_reserve((void **)&dpor->beside, &dpor->beside_capacity,
		       depth - first, sizeof(*dpor->beside));
	beside = dpor->beside;
	for (size_t i = first + 1; i < depth; i++) {
		beside[count] = (uint32_t)i;
		count += !order_mark_before(&mark, i);
	}
	dpor->beside_count = count;
	dpor->beside_of = first + 1;
}

/* Whether what does not depend on the first event that is postponed is all
 * that there is on the way. */
static bool is_simple(const struct postponed *postponed,
		      const struct wake *later)
{
	return postponed->count == 1 &&
	       !possible_is_spurious(&later->operation);
}

/* What a thread chooses it chooses at once (choices.c): nothing comes before,
 * not even what does not depend on it. */
static inline bool comes_first(const struct wake *later)
{
	return later->operation.op == OP_CHOOSE;
}

/* How to come to where `later` happens before what is postponed: what does not
 * depend on that, in order, then `later`. */
static void gather(struct dpor *dpor, const struct engine *engine,
		   const struct postponed *postponed, const struct wake *later)
{
	const bool simple = is_simple(postponed, later);

	list_beside(dpor, engine, postponed->at[0]);
	wakes_clear(&dpor->list);
	wakes_reserve(&dpor->list, dpor->beside_count + 1);
	if (comes_first(later))
		wakes_put(&dpor->list, later);
	for (size_t n = 0; n < dpor->beside_count; n++) {
		size_t i = dpor->beside[n];
		struct wake wake;

		if (!simple && is_left_out(dpor, engine, postponed, later, i))
			continue;
		wake = dpor_performed(engine, i);
		if (wake.operation.op == OP_BARRIER_ARRIVE &&
		    engine->runtime->refined)
			dpor_arrive_without(dpor, engine, postponed, later, i,
					    &wake);
		wakes_put(&dpor->list, &wake);
	}
	if (!comes_first(later))
		wakes_put(&dpor->list, later);
}

/* Whether what the way begins with sleeps at the node itself: the case that is
 * the most frequent, and can be told before the way is gathered. */
static bool begins_asleep(struct dpor *dpor, const struct engine *engine,
			  const struct node *node,
			  const struct postponed *postponed,
			  const struct wake *later)
{
	uint32_t slot = later->slot;
	uint32_t alternative = later->alternative;

	if (!is_simple(postponed, later) || comes_first(later))
		return false;
	list_beside(dpor, engine, postponed->at[0]);
	if (dpor->beside_count > 0) {
		struct choice choice = engine->log[dpor->beside[0]].choice;

		slot = engine->runtime->state.threads[choice.thread].slot;
		alternative = choice.alternative;
	}
	for (size_t i = 0; i < node->sleep_count; i++)
		if (dpor_sleeper(dpor, node, i)->slot == slot &&
		    dpor_sleeper(dpor, node, i)->alternative == alternative)
			return true;
	return false;
}

/* Source-DPOR: some initial of the list is to be done at the node. */
static void note_initial(struct dpor *dpor, struct node *node)
{
	for (size_t i = 0; i < node->sleep_count; i++)
		if (wakes_may_start_with(&dpor->list,
					 dpor_sleeper(dpor, node, i)))
			return;
	forest_insert_first(&dpor->forest, &node->tree, &dpor->list);
}

void dpor_reverse(struct dpor *dpor, const struct engine *engine,
		  const struct postponed *postponed, const struct wake *later)
{
	struct node *node = &dpor->nodes[postponed->at[0]];

	if (begins_asleep(dpor, engine, node, postponed, later))
		return;
	gather(dpor, engine, postponed, later);
	if (dpor->source) {
		note_initial(dpor, node);
		return;
	}
	for (size_t i = 0; i < node->sleep_count; i++)
		if (wakes_begin_with(&dpor->list, dpor_sleeper(dpor, node, i)))
			return;
	forest_insert(&dpor->forest, &node->tree, &dpor->list);
}

void dpor_reverse_each(struct dpor *dpor, const struct engine *engine,
		       const struct postponed *postponed,
		       const struct candidate *later)
{
	struct wake wake = later->wake;
	uint32_t results = possible_results(engine, postponed->at[0], later);

	if (results > 1 || alternative_wakes((enum op)wake.operation.op))
		wake.alternative = 0;
	do
		dpor_reverse(dpor, engine, postponed, &wake);
	while (++wake.alternative < results);
}

struct wake dpor_elsewhere(const struct engine *engine,
			   const struct wake *later, bool asks, bool available)
{
	struct wake wake = *later;

	if (!op_may_fail(wake.operation.op))
		return wake;
	if (wake.operation.detail == COMMUTES_LOOKS)
		wake.operation.detail = COMMUTES_NOT;
	if (asks && !available && engine->runtime->refined)
		wake.operation.detail = COMMUTES_LOOKS;
	else if (asks && op_is_try(wake.operation.op))
		wake.operation.detail = commuting_if_got(&wake.operation);
	return wake;
}
