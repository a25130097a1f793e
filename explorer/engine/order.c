/*
 * Vector clocks of an execution. See order.h.
 */
#include "engine/order.h"

#include <string.h>

#include "base/memory.h"
#include "engine/order_entry.h"
#include "engine/order_silent.h"
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
	memory_free(order->last_change, row);
	memory_free(order->made, row);
	memory_free(order->joins, row);
	memory_free(order->learned, row);
	memory_free(order->nearest,
		    order->nearest_capacity * sizeof(*order->nearest));
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
	order->nearest_count = 0;
	if (row > 0) {
		memset(order->newest, 0, row);
		memset(order->last, 0, row);
		memset(order->last_change, 0, row);
		memset(order->made, 0, row);
		memset(order->joins, 0, row);
		memset(order->learned, 0, row);
	}
}

static void forget_entry(struct order *order)
{
	const struct order_entry *entry = &order->entries[--order->entry_count];

	order->newest[entry->thread] = entry->previous;
	order->learned[entry->thread] = entry->learned;
}

static void forget_event(struct order *order)
{
	const struct order_event *event = &order->events[--order->count];

	order->last[event->thread] = event->previous;
	order->last_change[event->thread] = event->previous_change;
	order->made[event->thread] = event->index - 1;
	order->nearest_count = event->nearest_start;
}

void order_rewind(struct order *order, size_t depth)
{
	if (depth == 0)
		forget_all(order);
	if (order->count <= depth)
		return;
	while (order->entry_count > order->events[depth].entry)
		forget_entry(order);
	while (order->silent_done > order->events[depth].silent)
		order_silent_forget(order);
	while (order->count > depth)
		forget_event(order);
}

static uint32_t thread_at(const struct engine *engine, size_t event)
{
	return engine->log[event].choice.thread;
}

/* --- Walking back */

void order_walk(struct order_walk *walk, const struct order *order,
		size_t event, const uint32_t *clock)
{
	const uint32_t *made =
		event < order->count ? order_clock(order, event, RELATION_MADE)
				     : order->made;
	clock_four left = {0};

	for (uint32_t i = 0; i < order->stride; i += 4) {
		clock_four missing =
			clock_load(made + i) - clock_load(clock + i);

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

/* Adds an event to the nearest ones of the event that is being added. */
static void add_nearest(struct order *order, size_t event, uint32_t nearest)
{
	uint32_t *at;
	size_t place = order->nearest_count++;

	memory_reserve((void **)&order->nearest, &order->nearest_capacity,
		       order->nearest_count, sizeof(*order->nearest));
	at = order->nearest;
	for (; place > order->events[event].nearest_start &&
	       at[place - 1] < nearest;
	     place--)
		at[place] = at[place - 1];
	at[place] = nearest;
}

/* Of what was added, leaves only what happens before nothing else of it. */
static void keep_nearest(struct order *order, const struct engine *engine,
			 size_t event)
{
	struct order_event *self = &order->events[event];
	uint32_t *nearest = order->nearest + self->nearest_start;
	uint32_t count = (uint32_t)order->nearest_count - self->nearest_start;
	uint32_t kept = 0;

	/* The last one first, so that each is compared with those kept. */
	for (uint32_t i = 0; i < count; i++) {
		uint32_t other = 0;

		while (other < kept &&
		       !order_before(order, engine, nearest[i], nearest[other]))
			other++;
		if (other == kept)
			nearest[kept++] = nearest[i];
	}
	order->nearest_count = self->nearest_start + kept;
	self->nearest_count = kept;
}

/* What each thread did last that is dependent: what it did before that is
 * covered then. What only reads depends on nothing that does. */
static void join_dependent(struct order *order, const struct engine *engine,
			   size_t event, uint32_t *clock)
{
	const struct operation *operation = &engine->log[event].operation;
	const struct order_event *events = order->events;
	const bool reads = order_only_reads(operation);
	const uint32_t *last = reads ? order->last_change : order->last;

	for (uint32_t i = engine->runtime->state.count; i-- > 0;) {
		uint32_t known = clock[i];
		uint32_t at = last[i];

		while (at && events[at - 1].index > known &&
		       !operations_conflict(&engine->log[at - 1].operation,
					    operation))
			at = reads ? events[at - 1].previous_change
				   : events[at - 1].previous;
		if (!at || events[at - 1].index <= known)
			continue;
		order_join(order, clock,
			   order_clock(order, at - 1, RELATION_BEFORE));
		add_nearest(order, event, at - 1);
	}
	keep_nearest(order, engine, event);
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

	order_copy(order, released,
		   order_known(order, thread, RELATION_RELEASED));
	order_copy(order, acquirable,
		   order_known(order, thread, RELATION_ACQUIRABLE));
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

/* Of a new event's clocks: those of what its thread knows, and the event
 * itself. */
static void begin_clocks(const struct order *order, uint32_t thread,
			 uint32_t entry, uint32_t index)
{
	const uint32_t *knows = order_known(order, thread, RELATION_BEFORE);
	const uint32_t *synchronised =
		order_known(order, thread, RELATION_SYNCHRONISED);
	uint32_t *caused = order_clock_of(order, entry, RELATION_CAUSED);
	uint32_t *before = order_clock_of(order, entry, RELATION_BEFORE);
	uint32_t *now = order_clock_of(order, entry, RELATION_SYNCHRONISED);
	uint32_t *made = order_clock_of(order, entry, RELATION_MADE);

	for (uint32_t i = 0; i < order->stride; i += 4) {
		clock_four four = clock_load(knows + i);

		clock_store(caused + i, four);
		clock_store(before + i, four);
		clock_store(now + i, clock_load(synchronised + i));
		clock_store(made + i, clock_load(order->made + i));
	}
	clock_set(caused, thread, index);
	clock_set(before, thread, index);
	clock_set(now, thread, index);
}

static bool is_plain(const struct operation *operation)
{
	return operation_is_access(operation) &&
	       !operation_is_atomic(operation);
}

/* Of an event that is added: what was the last one before it that did more than
 * read memory. */
static uint32_t change_before(const struct order *order,
			      const struct engine *engine, size_t event)
{
	if (event == 0)
		return 0;
	return order_only_reads(&engine->log[event - 1].operation)
		       ? order->events[event - 1].change_before
		       : (uint32_t)event;
}

static void add_event(struct order *order, const struct engine *engine)
{
	size_t event = order->count;
	uint32_t thread = thread_at(engine, event);
	uint32_t index = order->made[thread] + 1;
	uint32_t plain = event > 0 ? order->events[event - 1].plain : 0;
	uint32_t entry;
	uint32_t *before;
	uint32_t *synchronised;

	order_learn_from_joins(order, engine, thread);
	entry = order_add_entry(order, thread);
	order->events[event] = (struct order_event){
		.thread = thread,
		.index = index,
		.entry = entry,
		.previous = order->last[thread],
		.previous_change = order->last_change[thread],
		.change_before = change_before(order, engine, event),
		.silent = order->silent_done,
		.plain = plain + is_plain(&engine->log[event].operation),
		.nearest_start = (uint32_t)order->nearest_count,
	};
	begin_clocks(order, thread, entry, index);
	before = order_clock_of(order, entry, RELATION_BEFORE);
	synchronised = order_clock_of(order, entry, RELATION_SYNCHRONISED);
	order->count++;
	if (order->fenced)
		apply_fences(order, engine, event);
	order_join_cause(order, engine, event, before);
	join_dependent(order, engine, event, before);
	order_join_synchronised(order, engine, event, synchronised);
	order->events[event].epoch = epoch_of(order, event, synchronised);
	order->newest[thread] = entry;
	order->last[thread] = (uint32_t)event + 1;
	if (!order_only_reads(&engine->log[event].operation))
		order->last_change[thread] = (uint32_t)event + 1;
	clock_set(order->made, thread, index);
}

static void widen(struct order *order, uint32_t threads)
{
	uint32_t stride = (threads + 3) & ~UINT32_C(3);
	uint32_t **rows[] = {&order->newest, &order->last,  &order->last_change,
			     &order->made,   &order->joins, &order->learned};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		memory_free(*rows[i], order->stride * sizeof(**rows[i]));
		*rows[i] = memory_new(stride * sizeof(**rows[i]));
	}
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
		order_add_entry(order, 0);
		memset(order->clocks, 0,
		       RELATIONS * order->stride * sizeof(*order->clocks));
	}
}

void order_extend(struct order *order, const struct engine *engine)
{
	make_room(order, engine);
	order_silent_list(order, engine);
	while (order->count < engine->depth) {
		order_silent_until(order, engine, order->count);
		add_event(order, engine);
	}
	order_silent_until(order, engine, engine->depth);
	for (uint32_t i = 0; i < engine->runtime->state.count; i++)
		order_learn_from_joins(order, engine, i);
}

const uint32_t *order_next(const struct order *order,
			   const struct thread *thread)
{
	return order_known(order, thread->number, RELATION_BEFORE);
}
