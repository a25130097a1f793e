/*
 * What happens before what, in the execution that has just been run.
 *
 * Two relations, both as vector clocks (Fidge; Mattern, 1989), one clock for
 * each event, with an entry for each thread: how many of its events come before
 * or are the event itself.
 *
 *  - happens-before: program order, creation and join, and the order of every
 *    two dependent events, one that made the other possible included.
 *    Executions with the same relation are one
 *    Mazurkiewicz trace.
 *  - synchronised-before: program order, creation and join, and what locks,
 *    semaphores and atomics guarantee (C11's happens-before). Conflicting
 *    accesses that it does not order are a data race.
 */
#ifndef EXPLORER_ENGINE_ORDER_H
#define EXPLORER_ENGINE_ORDER_H

#include "engine/dependence.h"
#include "engine/engine.h"
#include "engine/vector_clock.h"

struct order_event {
	uint32_t thread;
	uint32_t index;	   /* n-th event of its thread, from 1 */
	uint32_t entry;	   /* its clocks' number */
	uint32_t previous; /* of its thread: event + 1; 0: none */
	/* Of those that do more than read memory, the last one before it: of
	 * its thread, and of all; event + 1. */
	uint32_t previous_change;
	uint32_t change_before;
	/* The first of its thread's events that synchronised with the same ones
	 * of other threads. */
	uint32_t epoch;
	uint32_t silent;	/* creates and joins before it */
	uint32_t plain;		/* accesses that are not atomic, it included */
	uint32_t nearest_start; /* its part of `nearest` */
	uint32_t nearest_count;
};

/* Whose clocks these are: a thread's, after an event, after its creation, or
 * after joins. */
struct order_entry {
	uint32_t thread;
	uint32_t previous; /* the thread's entry before this one */
	uint32_t learned;  /* the thread's row `learned` before this one */
};

/* A create or a join of `thread`, after so many steps. */
struct order_silent {
	uint32_t thread;
	uint32_t at;
	uint32_t joiner;   /* NO_THREAD: a create */
	uint32_t previous; /* the joiner's join before this one; see joins */
};

/*
 * Invariants:
 * 1. Clocks are those of the first `count` events of the engine's log, and of
 *    the creates and joins between them: so many entries in the order in which
 *    all that happened, after entry 0, which knows of nothing.
 * 2. clocks[(RELATIONS * i + relation) * stride + t] is entry i's clock of
 *    thread t; stride is a multiple of 4, and >= the number of threads.
 * 3. newest[t] is the last entry of thread t, last[t] its last event + 1, and
 *    made[t] how many events it has made; last_change[t] is its last event + 1
 *    that did more than read memory.
 * 4. silent[0..silent_done) are the creates and joins so far; joins[t] is the
 *    number of thread t's last join among them, from 1. A thread learns from
 *    its joins when it is needed: it has from the first learned[t] of silent.
 * 5. nearest[0..nearest_count) are the events' parts, one after the other.
 */
struct order {
	struct order_event *events;
	size_t count;
	size_t events_capacity;
	struct order_entry *entries;
	size_t entry_count;
	size_t entries_capacity;
	uint32_t *clocks;
	size_t clocks_capacity;
	uint32_t stride;
	bool fenced; /* the relations of fences are kept */
	uint32_t *newest;
	uint32_t *last;
	uint32_t *last_change;
	uint32_t *made;
	uint32_t *joins;
	uint32_t *learned;
	uint32_t *nearest;
	size_t nearest_count;
	size_t nearest_capacity;
	struct order_silent *silent;
	size_t silent_capacity;
	uint32_t silent_count;
	uint32_t silent_done;
};

void order_fini(struct order *order);

/* The first `depth` events stay as they are; the others are forgotten. With
 * none left, what came before the first event is forgotten, too. */
void order_rewind(struct order *order, size_t depth);

/* Takes in the events of the engine's log that are not known yet. */
void order_extend(struct order *order, const struct engine *engine);

/* An event's clock of a relation. */
enum relation {
	/* What happens before the event without regard to what it depends on
	 * itself: through its thread's last event, creation and joins. */
	RELATION_CAUSED,
	RELATION_BEFORE,
	RELATION_SYNCHRONISED,
	/* Where fences are made: what came before its thread's last release
	 * fence, which a relaxed store hands on; and what its thread's relaxed
	 * loads could have acquired, which an acquire fence does. */
	RELATION_RELEASED,
	RELATION_ACQUIRABLE,
	/* No relation: how many events of each thread were made before this
	 * one. */
	RELATION_MADE,
	RELATIONS
};

static inline uint32_t *order_clock(const struct order *order, size_t event,
				    enum relation relation)
{
	return order->clocks +
	       ((size_t)RELATIONS * order->events[event].entry + relation) *
		       order->stride;
}

/* The events that an event depends on itself, and that come before no other one
 * of those, nor before it in any case: the last one first. */
static inline const uint32_t *order_nearest(const struct order *order,
					    size_t event, uint32_t *ret_count)
{
	*ret_count = order->events[event].nearest_count;
	return order->nearest + order->events[event].nearest_start;
}

/* Whether an event of those from `first` on, and before `event`, is an access
 * that is not atomic. */
static inline bool order_has_plain(const struct order *order, size_t first,
				   size_t event)
{
	return event > 0 &&
	       order->events[event - 1].plain >
		       (first > 0 ? order->events[first - 1].plain : 0);
}

/* What a lock, a semaphore ... is taken from or given to by an operation: who
 * acquires it sees what was done by those who released it before. */
struct order_object {
	uintptr_t address;
	unsigned kind; /* enum op_object, or ORDER_READERS */
};
/* What those give who read under a lock: only who writes takes it. */
#define ORDER_READERS ((unsigned)OP_OBJECT_UNKNOWN + 1)

static inline struct order_object
order_acquired(const struct operation *operation)
{
	return (struct order_object){operation->address,
				     op_object((enum op)operation->op)};
}

static inline struct order_object
order_released(const struct operation *operation)
{
	/* A wait gives back its mutex. */
	if (operation->op == OP_COND_WAIT)
		return (struct order_object){operation->source,
					     OP_OBJECT_MUTEX};
	if (operation->op == OP_RWLOCK_RDUNLOCK)
		return (struct order_object){operation->address, ORDER_READERS};
	return order_acquired(operation);
}

/* Whether who acquires a read-write lock learns from those who read, too. */
static inline bool order_acquires_readers(const struct operation *operation)
{
	return operation->op == OP_RWLOCK_WRLOCK ||
	       operation->op == OP_RWLOCK_TRYWRLOCK ||
	       operation->op == OP_RWLOCK_DESTROY;
}

/* Whether an atomic operation sees what was done before a write that it reads,
 * and hands on what was done before itself. */
bool order_acquires(const struct operation *operation);
bool order_releases(const struct operation *operation);

/* Whether the clock knows of the event. */
static inline bool order_covers(const struct order *order,
				const struct engine *engine,
				const uint32_t *clock, size_t event)
{
	(void)engine;
	return clock[order->events[event].thread] >= order->events[event].index;
}

static inline void order_copy(const struct order *order, uint32_t *clock,
			      const uint32_t *other)
{
	clock_copy(clock, other, order->stride);
}

/* Raises the clock to all that the other one knows of. */
static inline void order_join(const struct order *order, uint32_t *clock,
			      const uint32_t *other)
{
	clock_raise(clock, other, order->stride);
}

/* Whether an operation does nothing but read memory: two that do never
 * conflict. */
static inline bool order_only_reads(const struct operation *operation)
{
	return (op_traits[operation->op] &
		(OP_TRAIT_ACCESS | OP_TRAIT_WRITES)) == OP_TRAIT_ACCESS;
}

/* Whether event a happens before event b, or is b. */
static inline bool order_before(const struct order *order,
				const struct engine *engine, size_t a, size_t b)
{
	return order_covers(order, engine,
			    order_clock(order, b, RELATION_BEFORE), a);
}

/* An event, to ask of many others whether it happens before them, while no
 * event is added. */
struct order_mark {
	const struct order_event *events;
	const uint32_t *column; /* of its thread, in the clocks */
	size_t width;		/* of an entry */
	uint32_t index;
};

static inline struct order_mark order_mark(const struct order *order,
					   size_t event)
{
	return (struct order_mark){
		.events = order->events,
		.column = order->clocks +
			  (size_t)RELATION_BEFORE * order->stride +
			  order->events[event].thread,
		.width = (size_t)RELATIONS * order->stride,
		.index = order->events[event].index,
	};
}

/* The same as order_before(). */
static inline bool order_mark_before(const struct order_mark *mark,
				     size_t event)
{
	return mark->column[mark->width * mark->events[event].entry] >=
	       mark->index;
}

/*
 * The events before event number `event` that a clock does not cover, the last
 * one first:
 *
 *     order_walk(&walk, order, event, clock);
 *     while (order_step_back(&walk)) ... walk.event ...
 *
 * If the clock grows on the way, order_walk(..., walk.event, clock) goes on.
 */
struct order_walk {
	const struct order *order;
	const uint32_t *clock;
	size_t event;
	uint32_t left; /* so many events before that one are not covered */
};
void order_walk(struct order_walk *walk, const struct order *order,
		size_t event, const uint32_t *clock);

static inline bool order_step_back(struct order_walk *walk)
{
	const struct order_event *event;

	if (walk->left == 0)
		return false;
	walk->left--;
	do
		event = &walk->order->events[--walk->event];
	while (walk->clock[event->thread] >= event->index);
	return true;
}

/* Raises the clock to all that comes before the step that made this event
 * possible (struct performed: cause), and to that step. */
void order_join_cause(const struct order *order, const struct engine *engine,
		      size_t event, uint32_t *clock);

/* The clock of what happens before anything that the thread does next
 * (RELATION_CAUSED). */
const uint32_t *order_next(const struct order *order,
			   const struct thread *thread);

#endif
