/*
 * Vector clocks of an execution. See order.h.
 */
#include "engine/order.h"

#include <string.h>

#include "base/memory.h"
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

static void forget_silent(struct order *order)
{
	const struct order_silent *silent =
		&order->silent[--order->silent_done];

	if (silent->joiner != NO_THREAD)
		order->joins[silent->joiner] = silent->previous;
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
		forget_silent(order);
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

static uint32_t add_entry(struct order *order, uint32_t thread)
{
	uint32_t number = (uint32_t)order->entry_count++;

	memory_reserve((void **)&order->entries, &order->entries_capacity,
		       order->entry_count, sizeof(*order->entries));
	memory_reserve((void **)&order->clocks, &order->clocks_capacity,
		       order->entry_count * RELATIONS * order->stride,
		       sizeof(*order->clocks));
	order->entries[number] = (struct order_entry){
		thread, order->newest[thread], order->learned[thread]};
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

/* Who joins a thread learns all that it knew: in both relations, which lie side
 * by side. */
static void learn_from_join(struct order *order, const struct engine *engine,
			    uint32_t entry, uint32_t joined)
{
	const struct thread *thread = &engine->runtime->state.threads[joined];

	_Static_assert(RELATION_SYNCHRONISED == RELATION_BEFORE + 1,
		       "one after the other");
	order_raise(clock_of(order, entry, RELATION_BEFORE),
		    known(order, joined, RELATION_BEFORE), 2 * order->stride);
	apply_fence(order, thread->fences, joined,
		    clock_of(order, entry, RELATION_SYNCHRONISED));
}

static void learn_from_joins(struct order *order, const struct engine *engine,
			     uint32_t joiner);

/* A thread has joined others since it was last asked what it knows. */
static __attribute__((noinline)) void
learn_anew(struct order *order, const struct engine *engine, uint32_t joiner)
{
	uint32_t learned = order->learned[joiner];
	uint32_t entry;

	/* Right away: main may be said to have joined itself. */
	order->learned[joiner] = order->silent_done;
	for (uint32_t i = order->joins[joiner]; i > learned;
	     i = order->silent[i - 1].previous)
		learn_from_joins(order, engine, order->silent[i - 1].thread);
	entry = add_entry(order, joiner);
	order->entries[entry].learned = learned;
	for (enum relation i = RELATION_BEFORE;
	     i < (order->fenced ? RELATION_MADE : RELATION_RELEASED); i++)
		order_copy(order, clock_of(order, entry, i),
			   known(order, joiner, i));
	for (uint32_t i = order->joins[joiner]; i > learned;
	     i = order->silent[i - 1].previous)
		learn_from_join(order, engine, entry,
				order->silent[i - 1].thread);
	order->newest[joiner] = entry;
}

static void learn_from_joins(struct order *order, const struct engine *engine,
			     uint32_t joiner)
{
	if (order->joins[joiner] > order->learned[joiner])
		learn_anew(order, engine, joiner);
}

/* A new thread knows what its creator knows. */
static void apply_create(struct order *order, const struct engine *engine,
			 const struct thread *thread)
{
	uint32_t *synchronised;
	uint32_t entry;

	learn_from_joins(order, engine, thread->creator);
	entry = add_entry(order, thread->number);
	synchronised = clock_of(order, entry, RELATION_SYNCHRONISED);
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

static void apply_silent(struct order *order, const struct engine *engine,
			 struct order_silent *silent)
{
	if (silent->joiner == NO_THREAD) {
		apply_create(order, engine,
			     &engine->runtime->state.threads[silent->thread]);
		order->silent_done++;
		return;
	}
	silent->previous = order->joins[silent->joiner];
	order->joins[silent->joiner] = ++order->silent_done;
}

/* Has everything silent that came before event number `event` take effect. */
static void apply_silent_until(struct order *order, const struct engine *engine,
			       size_t event)
{
	while (order->silent_done < order->silent_count &&
	       order->silent[order->silent_done].at <= event)
		apply_silent(order, engine, &order->silent[order->silent_done]);
}

/* Lists the creates and joins in the order in which they were made: those that
 * have not taken effect yet. */
static void list_silent(struct order *order, const struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;

	order->silent_count = state->creates_and_joins;
	memory_reserve((void **)&order->silent, &order->silent_capacity,
		       order->silent_count, sizeof(*order->silent));
	for (uint32_t i = 1; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];

		if (thread->created_nth >= order->silent_done)
			order->silent[thread->created_nth] =
				(struct order_silent){i, thread->created_at,
						      NO_THREAD, 0};
		if (thread->joined && thread->joined_nth >= order->silent_done)
			order->silent[thread->joined_nth] =
				(struct order_silent){i, thread->joined_at,
						      thread->joined_by, 0};
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

/* Of a new event's clocks: those of what its thread knows, and the event
 * itself. */
static void begin_clocks(const struct order *order, uint32_t thread,
			 uint32_t entry, uint32_t index)
{
	const uint32_t *knows = known(order, thread, RELATION_BEFORE);
	const uint32_t *synchronised =
		known(order, thread, RELATION_SYNCHRONISED);
	uint32_t *caused = clock_of(order, entry, RELATION_CAUSED);
	uint32_t *before = clock_of(order, entry, RELATION_BEFORE);
	uint32_t *now = clock_of(order, entry, RELATION_SYNCHRONISED);
	uint32_t *made = clock_of(order, entry, RELATION_MADE);

	for (uint32_t i = 0; i < order->stride; i += 4) {
		order_four four = order_load(knows + i);

		order_store(caused + i, four);
		order_store(before + i, four);
		order_store(now + i, order_load(synchronised + i));
		order_store(made + i, order_load(order->made + i));
	}
	order_set(caused, thread, index);
	order_set(before, thread, index);
	order_set(now, thread, index);
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

	learn_from_joins(order, engine, thread);
	entry = add_entry(order, thread);
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
	before = clock_of(order, entry, RELATION_BEFORE);
	synchronised = clock_of(order, entry, RELATION_SYNCHRONISED);
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
	order_set(order->made, thread, index);
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
		add_entry(order, 0);
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
	for (uint32_t i = 0; i < engine->runtime->state.count; i++)
		learn_from_joins(order, engine, i);
}

const uint32_t *order_next(const struct order *order,
			   const struct thread *thread)
{
	return known(order, thread->number, RELATION_BEFORE);
}
