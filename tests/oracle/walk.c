/* See walk.h. */
#include "oracle/walk.h"

#include <assert.h>
#include <string.h>

void place_pairs_add(struct place_pairs *pairs, unsigned a, unsigned b)
{
	pairs->at[a] |= UINT64_C(1) << b;
	pairs->at[b] |= UINT64_C(1) << a;
}

unsigned walk_place(unsigned thread, unsigned pc)
{
	return thread == MACHINE_MAIN ? WALK_PLACES
				      : thread * SMALL_OPERATIONS_MAX + pc;
}

/* --- Dependence */

enum sort {
	SORT_MEMORY,
	SORT_LOCK,
	SORT_CONDITION,
	SORT_SEMAPHORE,
	SORT_BARRIER,
	SORT_ONCE,
	SORT_OUTPUT,
	SORT_CANCEL,
	SORT_NOTHING,
	SORT_CLOCK,
	SORT_ALL,
};

static enum sort sort_of(enum small_kind kind)
{
	switch (kind) {
	case SMALL_LOCK:
	case SMALL_UNLOCK:
	case SMALL_TRYLOCK:
	case SMALL_RDLOCK:
	case SMALL_TRYRDLOCK:
		return SORT_LOCK;
	case SMALL_WAIT:
	case SMALL_SIGNAL:
	case SMALL_BROADCAST:
		return SORT_CONDITION;
	case SMALL_SEM_WAIT:
	case SMALL_SEM_POST:
	case SMALL_SEM_TRYWAIT:
	case SMALL_SEM_VALUE:
		return SORT_SEMAPHORE;
	case SMALL_BARRIER:
	case SMALL_BARRIER_SERIAL:
		return SORT_BARRIER;
	case SMALL_ONCE:
		return SORT_ONCE;
	case SMALL_OUTPUT:
	case SMALL_ERROR:
		return SORT_OUTPUT;
	case SMALL_CANCEL:
	case SMALL_TESTCANCEL:
		return SORT_CANCEL;
	case SMALL_CHOOSE:
		return SORT_NOTHING;
	case SMALL_CLOCK:
		return SORT_CLOCK;
	case SMALL_EXIT:
	case SMALL_ABORT:
	case SMALL_SECTION:
		return SORT_ALL;
	default:
		return SORT_MEMORY;
	}
}

static bool conflict(const struct small_operation *a,
		     const struct small_operation *b)
{
	const uint32_t a_writes = small_operation_writes(a);
	const uint32_t b_writes = small_operation_writes(b);

	return ((a_writes & (small_operation_reads(b) | b_writes)) |
		(small_operation_reads(a) & b_writes)) != 0;
}

/* The mutex that an event is on, or SMALL_MUTEXES. */
static unsigned mutex_of(const struct walk_event *event)
{
	if (sort_of(event->operation->kind) == SORT_LOCK)
		return event->operation->object;
	return event->operation->kind == SMALL_WAIT ? event->operation->mutex
						    : SMALL_MUTEXES;
}

static bool is_on_condition(const struct walk_event *event)
{
	return sort_of(event->operation->kind) == SORT_CONDITION &&
	       (event->phase == MACHINE_OPERATION || event->result > 0 ||
		event->cancels < SMALL_THREADS_MAX);
}

/* Whether an event only looked at its semaphore or lock. */
static bool only_looked(const struct walk *walk, const struct walk_event *event)
{
	return event->operation->kind == SMALL_SEM_VALUE ||
	       (!walk->plain && !event->effect &&
		event->phase != MACHINE_WAITS);
}

/* Whether an event began or ended to read under the read-write lock. */
static bool is_reader(const struct walk_event *event)
{
	switch (event->operation->kind) {
	case SMALL_RDLOCK:
	case SMALL_TRYRDLOCK:
		return event->effect;
	case SMALL_UNLOCK:
		return event->operation->object == SMALL_RWLOCK && event->reads;
	default:
		return false;
	}
}

/* What is done once is output; to begin and to end it is not. */
static enum sort sort_of_event(const struct walk_event *event)
{
	if (event->looks_only)
		return SORT_CANCEL;
	return event->phase == MACHINE_ONCE_PRINT
		       ? SORT_OUTPUT
		       : sort_of(event->operation->kind);
}

static bool times_out(const struct walk_event *event)
{
	return event->operation->timed && event->result == MACHINE_TIMED_OUT;
}

/* To let time pass commutes with itself. */
static bool is_about_time(const struct walk_event *first,
			  const struct walk_event *second)
{
	const bool reads = first->operation->kind == SMALL_CLOCK;
	const bool other_reads = second->operation->kind == SMALL_CLOCK;

	return (reads && (other_reads || times_out(second))) ||
	       (other_reads && times_out(first));
}

static bool is_dependent(const struct walk *walk,
			 const struct walk_event *first,
			 const struct walk_event *second)
{
	const struct small_operation *a = first->operation;
	const struct small_operation *b = second->operation;
	const enum sort sort = sort_of_event(first);
	const bool looks =
		only_looked(walk, first) && only_looked(walk, second);

	if ((is_on_condition(first) && is_on_condition(second)) ||
	    is_about_time(first, second))
		return true;
	if (first->cancels == second->cancels &&
	    (a->kind == SMALL_CANCEL || b->kind == SMALL_CANCEL) &&
	    first->cancels < SMALL_THREADS_MAX)
		return true;
	if (mutex_of(first) < SMALL_MUTEXES &&
	    mutex_of(first) == mutex_of(second))
		return !looks &&
		       (walk->plain || !is_reader(first) || !is_reader(second));
	if (sort == SORT_ALL || sort_of(b->kind) == SORT_ALL)
		return true;
	if (sort != sort_of_event(second))
		return false;
	switch (sort) {
	case SORT_MEMORY:
		return conflict(a, b);
	case SORT_LOCK:
	case SORT_CONDITION:
	case SORT_CANCEL:
	case SORT_NOTHING:
	case SORT_CLOCK:
		return false;
	case SORT_BARRIER:
		return first->phase != MACHINE_LEAVE &&
		       second->phase != MACHINE_LEAVE &&
		       (walk->plain || first->lets_go || second->lets_go);
	case SORT_SEMAPHORE:
		return !looks && (walk->plain || a->kind != SMALL_SEM_POST ||
				  b->kind != SMALL_SEM_POST);
	case SORT_ONCE:
	case SORT_OUTPUT:
	case SORT_ALL:
		return true;
	}
	return true;
}

/* --- What synchronises */

static bool is_atomic(const struct small_operation *operation)
{
	return operation->kind == SMALL_FETCH_ADD ||
	       operation->kind == SMALL_LOAD ||
	       operation->kind == SMALL_STORE ||
	       operation->kind == SMALL_COMPARE ||
	       operation->kind == SMALL_SPIN;
}

bool walk_is_race(const struct small_operation *a,
		  const struct small_operation *b)
{
	return conflict(a, b) && !(is_atomic(a) && is_atomic(b));
}

/* Whether `later` learns from `earlier`, an event on the same lock or
 * semaphore. */
static bool hands_over(const struct walk_event *earlier,
		       const struct walk_event *later)
{
	const enum small_kind from = earlier->operation->kind;
	const enum small_kind to = later->operation->kind;

	if (!later->effect)
		return false;
	if (to == SMALL_ONCE)
		return from == SMALL_ONCE &&
		       earlier->phase == MACHINE_ONCE_END &&
		       later->phase == MACHINE_OPERATION;
	if (to == SMALL_RDLOCK || to == SMALL_TRYRDLOCK)
		return from == SMALL_UNLOCK && !earlier->reads &&
		       mutex_of(earlier) == mutex_of(later);
	if (to == SMALL_LOCK || to == SMALL_TRYLOCK ||
	    (to == SMALL_WAIT && later->phase == MACHINE_REACQUIRE))
		return (from == SMALL_UNLOCK ||
			(from == SMALL_WAIT &&
			 earlier->phase == MACHINE_OPERATION)) &&
		       mutex_of(earlier) == mutex_of(later);
	return (to == SMALL_SEM_WAIT || to == SMALL_SEM_TRYWAIT) &&
	       from == SMALL_SEM_POST;
}

static bool is_arrival(const struct walk_event *event)
{
	return sort_of(event->operation->kind) == SORT_BARRIER &&
	       event->phase == MACHINE_OPERATION;
}

/* Who leaves a barrier knows what those did who arrived together, itself among
 * them. */
static void learn_from_arrivals(const struct walk *walk,
				struct walk_event *event)
{
	const struct walk_event *group[MACHINE_THREADS];
	bool is_group = false;
	unsigned arrivals = 0;

	for (unsigned i = 0; i + 1 < walk->length; i++) {
		if (!is_arrival(&walk->events[i]))
			continue;
		is_group |= walk->events[i].thread == event->thread;
		group[arrivals++ % walk->parties] = &walk->events[i];
		if (arrivals % walk->parties != 0)
			continue;
		for (unsigned j = 0; is_group && j < walk->parties; j++) {
			machine_clock_join(&event->before, &group[j]->before);
			machine_clock_join(&event->synchronised,
					   &group[j]->synchronised);
		}
		is_group = false;
	}
}

static void learn_from_objects(const struct walk *walk,
			       struct walk_event *event)
{
	for (unsigned i = 0; i + 1 < walk->length; i++)
		if (hands_over(&walk->events[i], event))
			machine_clock_join(&event->synchronised,
					   &walk->events[i].synchronised);
}

static bool reads_atomically(const struct small_operation *operation)
{
	return is_atomic(operation) && operation->kind != SMALL_STORE;
}

/* A read learns from the last write to its variable and from the
 * read-modify-writes that this one belongs to: as far back as the first write
 * that is none (C11's release sequences). A relaxed one learns only once there
 * is a fence. */
static void learn_from_writes(const struct walk *walk,
			      const struct walk_event *event,
			      struct machine_clock *clock)
{
	for (unsigned i = walk->length - 1; i-- > 0;) {
		const struct walk_event *other = &walk->events[i];
		const enum small_kind kind = other->operation->kind;

		if (!other->effect ||
		    !(small_operation_writes(other->operation) &
		      small_operation_reads(event->operation)))
			continue;
		if (is_atomic(other->operation))
			machine_clock_join(clock, &other->released);
		if (kind != SMALL_FETCH_ADD && kind != SMALL_COMPARE)
			return;
	}
}

static void synchronise(const struct walk *walk, struct walk_event *event,
			struct machine_known *known)
{
	event->synchronised = known->synchronised;
	event->synchronised.at[event->thread] = (uint8_t)event->index;
	learn_from_objects(walk, event);
	if (event->phase == MACHINE_LEAVE)
		learn_from_arrivals(walk, event);
	if (reads_atomically(event->operation))
		learn_from_writes(walk, event,
				  event->operation->relaxed
					  ? &known->acquirable
					  : &event->synchronised);
	known->synchronised = event->synchronised;
	event->released = event->operation->relaxed ? known->released
						    : event->synchronised;
}

/* --- Building */

static unsigned cancelled_by(const struct machine *machine, unsigned t,
			     const struct walk_event *event)
{
	const enum small_kind kind = event->operation->kind;

	if (kind == SMALL_CANCEL)
		return event->operation->object;
	if (t < SMALL_THREADS_MAX && machine_is_cancellable(machine, t) &&
	    (kind == SMALL_TESTCANCEL || kind == SMALL_SEM_WAIT ||
	     (kind == SMALL_WAIT && event->phase == MACHINE_REACQUIRE)))
		return t;
	return SMALL_THREADS_MAX;
}

void walk_add(struct walk *walk, const struct machine *machine, unsigned t,
	      unsigned result)
{
	struct walk_event *event = &walk->events[walk->length++];

	assert(walk->length <= WALK_EVENTS_MAX);
	event->operation = machine_pending(machine, t);
	event->phase = machine->threads[t].phase;
	event->result = result;
	event->cause = machine->threads[t].signalled;
	event->cancels = cancelled_by(machine, t, event);
	event->looks_only = event->operation->kind == SMALL_SEM_WAIT &&
			    event->cancels < SMALL_THREADS_MAX &&
			    event->phase == MACHINE_OPERATION;
	walk->parties = small_program_parties(machine->program);
	event->lets_go = machine->arrived + 1 == walk->parties;
	event->reads = machine->readers >> t & 1U;
	event->thread = t;
	event->place = walk_place(t, machine->threads[t].pc);
}

static void find_races(const struct walk *walk, const struct walk_event *event,
		       struct place_pairs *races)
{
	for (unsigned i = 0; i + 1 < walk->length; i++) {
		const struct walk_event *other = &walk->events[i];

		if (other->index > event->synchronised.at[other->thread] &&
		    walk_is_race(other->operation, event->operation))
			place_pairs_add(races, other->place, event->place);
	}
}

void walk_settle(struct walk *walk, struct machine *machine, bool effect,
		 struct place_pairs *races)
{
	struct walk_event *event = &walk->events[walk->length - 1];
	struct machine_known *known = &machine->threads[event->thread].known;

	event->effect = effect;
	event->before = known->before;
	event->index = ++event->before.at[event->thread];
	for (unsigned i = 0; i + 1 < walk->length; i++)
		if (i + 1 == event->cause ||
		    is_dependent(walk, &walk->events[i], event))
			machine_clock_join(&event->before,
					   &walk->events[i].before);
	synchronise(walk, event, known);
	known->before = event->before;
	find_races(walk, event, races);
}

/* --- Classes */

/* splitmix64's finish, by Sebastiano Vigna. */
static uint64_t mix(uint64_t z)
{
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static uint64_t event_hash(const struct walk_event *event, uint64_t seed)
{
	uint64_t hash = mix(seed + (uint64_t)event->result * 65536 +
			    (uint64_t)event->thread * 256 + event->index);

	for (unsigned t = 0; t < MACHINE_THREADS; t++)
		hash = mix(hash * 31 + event->before.at[t]);
	return hash;
}

/* The events with their clocks, as a set: a sum does not heed the order. */
struct walk_class walk_class(const struct walk *walk)
{
	struct walk_class class = {{0, 0}};

	for (unsigned i = 0; i < walk->length; i++)
		for (unsigned j = 0; j < 2; j++)
			class.at[j] +=
				event_hash(&walk->events[i],
					   UINT64_C(0x9e3779b9) * (j + 1));
	return class;
}
