/*
 * Vector clocks of an execution. See order.h.
 */
#include "engine/order.h"

#include <string.h>

#include "base/memory.h"
#include "engine/dependence.h"
#include "engine/order_synchronised.h"

void order_fini(struct order *order)
{
	size_t row = order->stride * sizeof(*order->newest);

	memory_free(order->events,
		    order->events_capacity * sizeof(*order->events));
	memory_free(order->entries,
		    order->entries_capacity * sizeof(*order->entries));
	memory_free(order->clocks,
		    order->clocks_capacity * sizeof(*order->clocks));
	memory_free(order->newest, row);
	memory_free(order->last, row);
	memory_free(order->made, row);
	memory_free(order->silent,
		    order->silent_capacity * sizeof(*order->silent));
	*order = (struct order){0};
}

static void forget_all(struct order *order)
{
	size_t row = order->stride * sizeof(*order->newest);

	order->count = 0;
	order->entry_count = 0;
	order->silent_done = 0;
	if (row > 0) {
		memset(order->newest, 0, row);
		memset(order->last, 0, row);
		memset(order->made, 0, row);
	}
}

static void forget_entry(struct order *order)
{
	const struct order_entry *entry = &order->entries[--order->entry_count];

	order->newest[entry->thread] = entry->previous;
	order->silent_done -= entry->silent;
}

static void forget_event(struct order *order)
{
	const struct order_event *event = &order->events[--order->count];

	order->last[event->thread] = event->previous;
	order->made[event->thread] = event->index - 1;
}

void order_rewind(struct order *order, size_t depth)
{
	if (depth == 0)
		forget_all(order);
	if (order->count <= depth)
		return;
	while (order->entry_count > order->events[depth].entry)
		forget_entry(order);
	while (order->count > depth)
		forget_event(order);
}

static uint32_t thread_at(const struct engine *engine, size_t event)
{
	return engine->log[event].choice.thread;
}

/* --- What threads know */

static uint32_t *clock_of(const struct order *order, uint32_t entry,
			  enum relation relation)
{
	return order->clocks +
	       ((size_t)RELATIONS * entry + relation) * order->stride;
}

/* The clock of all that a thread knows at the point that has been reached: of
 * all relations but RELATION_CAUSED. */
static uint32_t *known(const struct order *order, uint32_t thread,
		       enum relation relation)
{
	return clock_of(order, order->newest[thread], relation);
}

static uint32_t add_entry(struct order *order, uint32_t thread, uint32_t silent)
{
	uint32_t number = (uint32_t)order->entry_count++;

	memory_reserve((void **)&order->entries, &order->entries_capacity,
		       order->entry_count, sizeof(*order->entries));
	memory_reserve((void **)&order->clocks, &order->clocks_capacity,
		       order->entry_count * RELATIONS * order->stride,
		       sizeof(*order->clocks));
	order->entries[number] =
		(struct order_entry){thread, order->newest[thread], silent};
	return number;
}

/* A fence that a thread makes behind its last event takes effect in those that
 * it creates then, and in who joins it. */
static void apply_fence(const struct order *order, unsigned fences,
			uint32_t thread, uint32_t *synchronised)
{
	if (order->fenced && (fences & FENCE_ACQUIRE))
		order_join(order, synchronised,
			   known(order, thread, RELATION_ACQUIRABLE));
}

/* A new thread knows what its creator knows. */
static void apply_create(struct order *order, const struct thread *thread)
{
	uint32_t entry = add_entry(order, thread->number, 1);
	uint32_t *synchronised = clock_of(order, entry, RELATION_SYNCHRONISED);

	if (order->fenced)
		memset(clock_of(order, entry, RELATION_RELEASED), 0,
		       (size_t)(RELATION_MADE - RELATION_RELEASED) *
			       order->stride * sizeof(*order->clocks));
	order_copy(order, clock_of(order, entry, RELATION_BEFORE),
		   known(order, thread->creator, RELATION_BEFORE));
	order_copy(order, synchronised,
		   known(order, thread->creator, RELATION_SYNCHRONISED));
	apply_fence(order, thread->creator_fences, thread->creator,
		    synchronised);
	order->newest[thread->number] = entry;
}

/* The entry in which a join takes effect: that of the joiner's join right
 * before it, if there is one, as nothing else knows of that yet. */
static uint32_t entry_of_join(struct order *order, uint32_t joiner)
{
	uint32_t entry = order->newest[joiner];

	if (entry > 0 && entry + 1 == order->entry_count &&
	    order->entries[entry].silent > 0) {
		order->entries[entry].silent++;
		return entry;
	}
	entry = add_entry(order, joiner, 1);
	for (enum relation i = RELATION_BEFORE;
	     i < (order->fenced ? RELATION_MADE : RELATION_RELEASED); i++)
		order_copy(order, clock_of(order, entry, i),
			   known(order, joiner, i));
	return entry;
}

/* Who joins a thread learns all that it knew. */
static void apply_join(struct order *order, const struct thread *thread)
{
	uint32_t joiner = thread->joined_by;
	uint32_t entry = entry_of_join(order, joiner);
	uint32_t *synchronised = clock_of(order, entry, RELATION_SYNCHRONISED);

	order_join(order, clock_of(order, entry, RELATION_BEFORE),
		   known(order, thread->number, RELATION_BEFORE));
	order_join(order, synchronised,
		   known(order, thread->number, RELATION_SYNCHRONISED));
	apply_fence(order, thread->fences, thread->number, synchronised);
	order->newest[joiner] = entry;
}

static void apply_silent(struct order *order, const struct engine *engine,
			 const struct order_silent *silent)
{
	const struct thread *thread =
		&engine->runtime->state.threads[silent->thread];

	if (silent->is_join)
		apply_join(order, thread);
	else
		apply_create(order, thread);
}

/* Has everything silent that came before event number `event` take effect. */
static void apply_silent_until(struct order *order, const struct engine *engine,
			       size_t event)
{
	while (order->silent_done < order->silent_count &&
	       order->silent[order->silent_done].at <= event)
		apply_silent(order, engine,
			     &order->silent[order->silent_done++]);
}

/* Lists the creates and joins in the order in which they were made. */
static void list_silent(struct order *order, const struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;

	order->silent_count = state->creates_and_joins;
	memory_reserve((void **)&order->silent, &order->silent_capacity,
		       order->silent_count, sizeof(*order->silent));
	for (uint32_t i = 1; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];

		order->silent[thread->created_nth] =
			(struct order_silent){i, thread->created_at, false};
		if (thread->joined)
			order->silent[thread->joined_nth] =
				(struct order_silent){i, thread->joined_at,
						      true};
	}
}

/* --- Walking back */

void order_walk(struct order_walk *walk, const struct order *order,
		size_t event, const uint32_t *clock)
{
	const uint32_t *made =
		event < order->count ? order_clock(order, event, RELATION_MADE)
				     : order->made;
	order_four left = {0};

	for (uint32_t i = 0; i < order->stride; i += 4) {
		order_four missing =
			order_load(made + i) - order_load(clock + i);

		left += missing & (missing > 0);
	}
	*walk = (struct order_walk){
		order, clock, event,
		(uint32_t)(left[0] + left[1] + left[2] + left[3])};
}

/* --- Dependence */

void order_join_cause(const struct order *order, const struct engine *engine,
		      size_t event, uint32_t *clock)
{
	uint32_t cause = engine->log[event].cause;

	if (cause)
		order_join(order, clock,
			   order_clock(order, cause - 1, RELATION_BEFORE));
}

/* What each thread did last that is dependent: what it did before that is
 * covered then. */
static void join_dependent(const struct order *order,
			   const struct engine *engine, size_t event,
			   uint32_t *clock)
{
	const struct operation *operation = &engine->log[event].operation;

	for (uint32_t i = 0; i < engine->runtime->state.count; i++) {
		uint32_t at = order->last[i];

		if (order->made[i] <= clock[i])
			continue;
		while (at && order->events[at - 1].index > clock[i] &&
		       !operations_conflict(&engine->log[at - 1].operation,
					    operation))
			at = order->events[at - 1].previous;
		if (at && order->events[at - 1].index > clock[i])
			order_join(order, clock,
				   order_clock(order, at - 1, RELATION_BEFORE));
	}
}

/* --- Extending */

/* Takes over what the thread's fences have to do with, and the effect of those
 * that it made before this event. */
static void apply_fences(const struct order *order, const struct engine *engine,
			 size_t event)
{
	uint32_t thread = thread_at(engine, event);
	unsigned fences = engine->log[event].fences;
	uint32_t *synchronised =
		order_clock(order, event, RELATION_SYNCHRONISED);
	uint32_t *released = order_clock(order, event, RELATION_RELEASED);
	uint32_t *acquirable = order_clock(order, event, RELATION_ACQUIRABLE);

	order_copy(order, released, known(order, thread, RELATION_RELEASED));
	order_copy(order, acquirable,
		   known(order, thread, RELATION_ACQUIRABLE));
	if (fences & FENCE_ACQUIRE)
		order_join(order, synchronised, acquirable);
	if (fences & FENCE_RELEASE) {
		order_copy(order, released, synchronised);
		released[thread]--; /* the event itself comes later */
	}
}

/* The first of the thread's events, up to this one, that know of the same
 * events of others. */
static uint32_t epoch_of(const struct order *order, size_t event,
			 const uint32_t *synchronised)
{
	uint32_t previous = order->events[event].previous;
	uint32_t thread = order->events[event].thread;
	const uint32_t *before;

	if (!previous)
		return (uint32_t)event;
	before = order_clock(order, previous - 1, RELATION_SYNCHRONISED);
	for (uint32_t i = 0; i < order->stride; i++)
		if (i != thread && before[i] != synchronised[i])
			return (uint32_t)event;
	return order->events[previous - 1].epoch;
}

static void add_event(struct order *order, const struct engine *engine)
{
	size_t event = order->count;
	uint32_t thread = thread_at(engine, event);
	uint32_t entry = add_entry(order, thread, 0);
	uint32_t *caused = clock_of(order, entry, RELATION_CAUSED);
	uint32_t *before = clock_of(order, entry, RELATION_BEFORE);
	uint32_t *synchronised = clock_of(order, entry, RELATION_SYNCHRONISED);
	uint32_t index = known(order, thread, RELATION_BEFORE)[thread] + 1;

	order->events[event] = (struct order_event){
		.thread = thread,
		.index = index,
		.entry = entry,
		.previous = order->last[thread],
	};
	order_copy(order, clock_of(order, entry, RELATION_MADE), order->made);
	order_copy(order, caused, known(order, thread, RELATION_BEFORE));
	caused[thread] = index;
	order_copy(order, before, caused);
	order_copy(order, synchronised,
		   known(order, thread, RELATION_SYNCHRONISED));
	synchronised[thread] = index;
	order->count++;
	if (order->fenced)
		apply_fences(order, engine, event);
	order_join_cause(order, engine, event, before);
	join_dependent(order, engine, event, before);
	order_join_synchronised(order, engine, event, synchronised);
	order->events[event].epoch = epoch_of(order, event, synchronised);
	order->newest[thread] = entry;
	order->last[thread] = (uint32_t)event + 1;
	order->made[thread] = index;
}

static void widen(struct order *order, uint32_t threads)
{
	uint32_t stride = (threads + 3) & ~UINT32_C(3);

	memory_free(order->newest, order->stride * sizeof(*order->newest));
	memory_free(order->last, order->stride * sizeof(*order->last));
	memory_free(order->made, order->stride * sizeof(*order->made));
	order->newest = memory_new(stride * sizeof(*order->newest));
	order->last = memory_new(stride * sizeof(*order->last));
	order->made = memory_new(stride * sizeof(*order->made));
	order->stride = stride;
	forget_all(order);
}

static void make_room(struct order *order, const struct engine *engine)
{
	if (engine->runtime->state.count > order->stride)
		widen(order, engine->runtime->state.count);
	if (order->fenced != engine->runtime->fenced) {
		order->fenced = engine->runtime->fenced;
		forget_all(order);
	}
	memory_reserve((void **)&order->events, &order->events_capacity,
		       engine->depth, sizeof(*order->events));
	if (order->entry_count == 0) {
		add_entry(order, 0, false);
		memset(order->clocks, 0,
		       RELATIONS * order->stride * sizeof(*order->clocks));
	}
}

void order_extend(struct order *order, const struct engine *engine)
{
	make_room(order, engine);
	list_silent(order, engine);
	while (order->count < engine->depth) {
		apply_silent_until(order, engine, order->count);
		add_event(order, engine);
	}
	apply_silent_until(order, engine, engine->depth);
}

const uint32_t *order_next(const struct order *order,
			   const struct thread *thread)
{
	return known(order, thread->number, RELATION_BEFORE);
}
