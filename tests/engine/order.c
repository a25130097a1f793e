/*
 * explorer/engine/order.c, on logs made by hand: no program runs.
 */
#include "engine/order.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#define EVENTS_MAX 16U
#define HERE	   0x1000
#define THERE	   0x2000

static struct engine engine;
static struct runtime runtime;
static struct performed log_of_events[EVENTS_MAX];
static struct order order;

static void set_up(void)
{
	engine.runtime = &runtime;
	engine.log = log_of_events;
	runtime.state.count = 1;
}

/* A thread created after so many steps. */
static unsigned create(unsigned creator)
{
	struct runtime_state *state = &runtime.state;
	struct thread *thread = &state->threads[state->count];

	thread->number = state->count;
	thread->creator = creator;
	thread->created_at = (uint32_t)engine.depth;
	thread->created_nth = state->creates_and_joins++;
	return state->count++;
}

static void join(unsigned thread, unsigned ended)
{
	struct thread *target = &runtime.state.threads[ended];

	target->joined = true;
	target->joined_by = thread;
	target->joined_at = (uint32_t)engine.depth;
	target->joined_nth = runtime.state.creates_and_joins++;
}

/* Returns the event's number. */
static size_t perform(unsigned thread, enum op op,
		      enum memory_order_kind memory_order, uintptr_t address)
{
	struct performed *performed = &log_of_events[engine.depth];

	cr_assert(lt(sz, engine.depth, EVENTS_MAX));
	*performed = (struct performed){
		.operation = {.op = (uint8_t)op,
			      .order = (uint8_t)memory_order,
			      .address = address,
			      .bytes = 4},
		.choice = {(uint16_t)thread, 0},
		.available = true,
	};
	return engine.depth++;
}

static size_t plain(unsigned thread, enum op op, uintptr_t address)
{
	return perform(thread, op, ORDER_PLAIN, address);
}

static bool before(size_t a, size_t b)
{
	return order_before(&order, &engine, a, b);
}

static bool in_relation(enum relation relation, size_t a, size_t b)
{
	return order_covers(&order, &engine, order_clock(&order, b, relation),
			    a);
}

static bool caused(size_t a, size_t b)
{
	return in_relation(RELATION_CAUSED, a, b);
}

static bool synchronised(size_t a, size_t b)
{
	return in_relation(RELATION_SYNCHRONISED, a, b);
}

static bool before_next(size_t a, unsigned thread)
{
	return order_covers(&order, &engine,
			    order_next(&order, &runtime.state.threads[thread]),
			    a);
}

/* --- Happens-before */

Test(order, follows_the_program, .init = set_up)
{
	const size_t first = plain(0, OP_WRITE, HERE);
	const size_t second = plain(0, OP_WRITE, THERE);

	order_extend(&order, &engine);
	cr_assert(before(first, second));
	cr_assert(caused(first, second));
	cr_assert(synchronised(first, second));
	cr_assert(not(before(second, first)));
	cr_assert(before(first, first));
}

Test(order, follows_dependence, .init = set_up)
{
	const unsigned child = create(0);
	const unsigned other = create(0);
	const size_t write = plain(child, OP_WRITE, HERE);
	const size_t elsewhere = plain(other, OP_WRITE, THERE);
	const size_t read = plain(other, OP_READ, HERE);

	order_extend(&order, &engine);
	cr_assert(before(write, read));
	cr_assert(not(before(write, elsewhere)));
	/* But not because of anything else: the two could be swapped. */
	cr_assert(not(caused(write, read)));
	cr_assert(not(synchronised(write, read)));
}

Test(order, leads_through_other_threads, .init = set_up)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const unsigned c = create(0);
	const size_t first = plain(a, OP_WRITE, HERE);
	const size_t second = plain(b, OP_READ, HERE);
	const size_t third = plain(b, OP_WRITE, THERE);
	const size_t fourth = plain(c, OP_READ, THERE);

	order_extend(&order, &engine);
	cr_assert(before(first, fourth));
	cr_assert(before(second, fourth));
	cr_assert(before(third, fourth));
	cr_assert(not(caused(third, fourth)));
	cr_assert(caused(second, third));
	cr_assert(caused(first, third));
}

Test(order, of_reads_is_none, .init = set_up)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const size_t first = plain(a, OP_READ, HERE);
	const size_t second = plain(b, OP_READ, HERE);

	order_extend(&order, &engine);
	cr_assert(not(before(first, second)));
}

Test(order, has_an_ending_behind_everything, .init = set_up)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const size_t first = plain(a, OP_READ, HERE);
	const size_t second = plain(b, OP_READ, THERE);
	const size_t end = plain(0, OP_EXIT, 0);

	order_extend(&order, &engine);
	cr_assert(before(first, end));
	cr_assert(before(second, end));
	cr_assert(not(caused(first, end)));
}

/* --- Creates and joins */

Test(order, follows_creation, .init = set_up)
{
	const size_t first = plain(0, OP_WRITE, HERE);
	const unsigned child = create(0);
	const size_t second = plain(0, OP_WRITE, HERE);
	const size_t of_child = plain(child, OP_WRITE, THERE);

	order_extend(&order, &engine);
	cr_assert(before(first, of_child));
	cr_assert(caused(first, of_child));
	cr_assert(synchronised(first, of_child));
	cr_assert(not(before(second, of_child)));
	cr_assert(before_next(first, child));
}

Test(order, follows_joins, .init = set_up)
{
	const unsigned child = create(0);
	const size_t of_child = plain(child, OP_WRITE, HERE);
	size_t after;

	join(0, child);
	after = plain(0, OP_READ, THERE);
	order_extend(&order, &engine);
	cr_assert(before(of_child, after));
	cr_assert(caused(of_child, after));
	cr_assert(synchronised(of_child, after));
}

/* Threads that do nothing visible hand on what they know. */
Test(order, leads_through_threads_without_events, .init = set_up)
{
	const size_t first = plain(0, OP_WRITE, HERE);
	const unsigned child = create(0);
	const unsigned grandchild = create(child);
	const size_t of_grandchild = plain(grandchild, OP_WRITE, THERE);
	size_t last;

	join(child, grandchild);
	join(0, child);
	last = plain(0, OP_READ, THERE + 8);
	order_extend(&order, &engine);
	cr_assert(before(first, of_grandchild));
	cr_assert(before(of_grandchild, last));
}

/* All at the same number of steps: what counts is the order in which they were
 * made. */
Test(order, tells_a_join_before_a_creation_from_one_behind_it, .init = set_up)
{
	const unsigned first = create(0);
	const size_t event = plain(first, OP_WRITE, HERE);
	const unsigned early = create(0);
	unsigned late;
	size_t of_early;
	size_t of_late;

	join(0, first);
	late = create(0);
	of_early = plain(early, OP_WRITE, THERE);
	of_late = plain(late, OP_WRITE, THERE + 8);
	order_extend(&order, &engine);
	cr_assert(not(before(event, of_early)));
	cr_assert(before(event, of_late));
}

Test(order, of_what_comes_next_knows_creation_and_joins, .init = set_up)
{
	const unsigned child = create(0);
	const unsigned other = create(0);
	const size_t of_child = plain(child, OP_WRITE, HERE);

	join(0, child);
	order_extend(&order, &engine);
	cr_assert(before_next(of_child, 0));
	cr_assert(before_next(of_child, child));
	cr_assert(not(before_next(of_child, other)));
}

/* --- What synchronises */

Test(order, is_handed_over_by_locks, .init = set_up)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const size_t write = plain(a, OP_WRITE, HERE);
	size_t lock;

	plain(a, OP_MUTEX_LOCK, THERE);
	plain(a, OP_MUTEX_UNLOCK, THERE);
	lock = plain(b, OP_MUTEX_LOCK, THERE);
	order_extend(&order, &engine);
	cr_assert(synchronised(write, lock));
}

Test(order, is_not_handed_over_by_other_locks, .init = set_up)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const size_t write = plain(a, OP_WRITE, HERE);
	size_t lock;

	plain(a, OP_MUTEX_UNLOCK, THERE);
	lock = plain(b, OP_MUTEX_LOCK, THERE + 64);
	order_extend(&order, &engine);
	cr_assert(not(synchronised(write, lock)));
}

Test(order, is_not_handed_over_by_what_fails, .init = set_up)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const size_t write = plain(a, OP_WRITE, HERE);
	size_t unlock;
	size_t try;
	size_t lock;

	unlock = plain(a, OP_MUTEX_UNLOCK, THERE);
	log_of_events[unlock].failed = true;
	lock = plain(b, OP_MUTEX_LOCK, THERE);
	unlock = plain(a, OP_MUTEX_UNLOCK, THERE + 64);
	try = plain(b, OP_MUTEX_TRYLOCK, THERE + 64);
	log_of_events[try].failed = true;
	order_extend(&order, &engine);
	cr_assert(not(synchronised(write, lock)));
	cr_assert(not(synchronised(write, try)));
	cr_assert(before(unlock, try));
}

Test(order, is_handed_over_by_semaphores, .init = set_up)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const size_t write = plain(a, OP_WRITE, HERE);
	size_t look;
	size_t wait;

	plain(a, OP_SEM_POST, THERE);
	look = plain(b, OP_SEM_GETVALUE, THERE);
	wait = plain(b, OP_SEM_WAIT, THERE);
	order_extend(&order, &engine);
	cr_assert(not(synchronised(write, look)));
	cr_assert(synchronised(write, wait));
}

/* Whether a write of a comes before b's load, if a stores and b loads with
 * these orders. */
static bool is_released(enum memory_order_kind store,
			enum memory_order_kind load)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const size_t write = plain(a, OP_WRITE, HERE);
	size_t read;

	perform(a, OP_ATOMIC_STORE, store, THERE);
	read = perform(b, OP_ATOMIC_LOAD, load, THERE);
	order_extend(&order, &engine);
	return synchronised(write, read);
}

Test(order, is_released_and_acquired, .init = set_up)
{
	cr_assert(is_released(ORDER_RELEASE, ORDER_ACQUIRE));
}

Test(order, is_released_and_acquired_by_sequential_consistency, .init = set_up)
{
	cr_assert(is_released(ORDER_SEQ_CST, ORDER_SEQ_CST));
}

Test(order, is_not_released_by_a_relaxed_store, .init = set_up)
{
	cr_assert(not(is_released(ORDER_RELAXED, ORDER_SEQ_CST)));
}

Test(order, is_not_acquired_by_a_relaxed_load, .init = set_up)
{
	cr_assert(not(is_released(ORDER_SEQ_CST, ORDER_RELAXED)));
}

/* a releases; b's operation comes between; does c, acquiring, learn from a? */
static bool is_released_past(enum op op, bool failed)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const unsigned c = create(0);
	const size_t write = plain(a, OP_WRITE, HERE);
	size_t between;
	size_t read;

	perform(a, OP_ATOMIC_STORE, ORDER_RELEASE, THERE);
	between = perform(b, op, ORDER_RELAXED, THERE);
	log_of_events[between].failed = failed;
	read = perform(c, OP_ATOMIC_LOAD, ORDER_ACQUIRE, THERE);
	order_extend(&order, &engine);
	return synchronised(write, read);
}

Test(order, is_released_past_read_modify_writes, .init = set_up)
{
	cr_assert(is_released_past(OP_ATOMIC_UPDATE, false));
}

Test(order, is_released_past_a_compare_that_stores_nothing, .init = set_up)
{
	cr_assert(is_released_past(OP_ATOMIC_COMPARE, true));
}

Test(order, is_not_released_past_a_plain_write, .init = set_up)
{
	cr_assert(not(is_released_past(OP_WRITE, false)));
}

Test(order, is_not_released_past_another_store, .init = set_up)
{
	cr_assert(not(is_released_past(OP_ATOMIC_STORE, false)));
}

/* --- Fences */

/* a writes, makes fences, stores; b loads, makes fences, reads. All relaxed. */
static bool is_fenced(unsigned of_a, unsigned of_b)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const size_t write = plain(a, OP_WRITE, HERE);
	size_t event;

	runtime.fenced = true;
	event = perform(a, OP_ATOMIC_STORE, ORDER_RELAXED, THERE);
	log_of_events[event].fences = (uint8_t)of_a;
	perform(b, OP_ATOMIC_LOAD, ORDER_RELAXED, THERE);
	event = plain(b, OP_READ, HERE);
	log_of_events[event].fences = (uint8_t)of_b;
	order_extend(&order, &engine);
	return synchronised(write, event);
}

Test(order, is_handed_over_between_fences, .init = set_up)
{
	cr_assert(is_fenced(FENCE_RELEASE, FENCE_ACQUIRE));
}

Test(order, is_not_handed_over_without_a_release_fence, .init = set_up)
{
	cr_assert(not(is_fenced(FENCE_ACQUIRE, FENCE_ACQUIRE)));
}

Test(order, is_not_handed_over_without_an_acquire_fence, .init = set_up)
{
	cr_assert(not(is_fenced(FENCE_RELEASE, FENCE_RELEASE)));
}

/* What comes between the fence and the store is not handed on by it. */
Test(order, of_a_fence_is_that_of_where_it_stands, .init = set_up)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	size_t write;
	size_t read;

	runtime.fenced = true;
	write = plain(a, OP_WRITE, HERE);
	log_of_events[write].fences = FENCE_RELEASE;
	perform(a, OP_ATOMIC_STORE, ORDER_RELAXED, THERE);
	read = perform(b, OP_ATOMIC_LOAD, ORDER_ACQUIRE, THERE);
	order_extend(&order, &engine);
	cr_assert(not(synchronised(write, read)));
}

/* a's last fence comes behind its last event. */
Test(order, of_a_last_fence_reaches_who_joins, .init = set_up)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const size_t write = plain(b, OP_WRITE, HERE);
	size_t read;

	runtime.fenced = true;
	perform(b, OP_ATOMIC_STORE, ORDER_RELEASE, THERE);
	perform(a, OP_ATOMIC_LOAD, ORDER_RELAXED, THERE);
	runtime.state.threads[a].fences = FENCE_ACQUIRE;
	join(0, a);
	read = plain(0, OP_READ, HERE);
	order_extend(&order, &engine);
	cr_assert(synchronised(write, read));
}

/* The same for a thread that is created then. */
Test(order, of_a_last_fence_reaches_whom_it_creates, .init = set_up)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const size_t write = plain(b, OP_WRITE, HERE);
	unsigned child;
	size_t read;

	runtime.fenced = true;
	perform(b, OP_ATOMIC_STORE, ORDER_RELEASE, THERE);
	perform(a, OP_ATOMIC_LOAD, ORDER_RELAXED, THERE);
	child = create(a);
	runtime.state.threads[child].creator_fences = FENCE_ACQUIRE;
	read = plain(child, OP_READ, HERE);
	order_extend(&order, &engine);
	cr_assert(synchronised(write, read));
}

/* --- Growing and rewinding */

Test(order, may_be_extended_bit_by_bit, .init = set_up)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const size_t first = plain(a, OP_WRITE, HERE);
	size_t second;

	order_extend(&order, &engine);
	second = plain(b, OP_WRITE, HERE);
	order_extend(&order, &engine);
	cr_assert(eq(sz, order.count, 2));
	cr_assert(before(first, second));
	cr_assert(before_next(first, b));
	cr_assert(not(before_next(second, a)));
}

Test(order, forgets_what_is_rewound, .init = set_up)
{
	const unsigned a = create(0);
	const unsigned b = create(0);
	const size_t first = plain(a, OP_WRITE, HERE);
	size_t second = plain(b, OP_WRITE, HERE);

	order_extend(&order, &engine);
	cr_assert(before(first, second));
	order_rewind(&order, 1);
	engine.depth = 1;
	second = plain(b, OP_WRITE, THERE);
	order_extend(&order, &engine);
	cr_assert(not(before(first, second)));
}

Test(order, has_room_for_threads_that_come_later, .init = set_up)
{
	const unsigned a = create(0);
	const size_t first = plain(a, OP_WRITE, HERE);
	size_t last = 0;

	order_extend(&order, &engine);
	for (unsigned i = 0; i < 10; i++)
		last = plain(create(0), OP_READ, HERE);
	order_extend(&order, &engine);
	cr_assert(before(first, last));
	cr_assert(not(before(last - 1, last)));
}
