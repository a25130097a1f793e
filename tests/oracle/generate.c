/* See generate.h. */
#include "oracle/generate.h"

#include <string.h>

/* splitmix64 by Sebastiano Vigna: small, and every seed is a good one. */
struct dice {
	uint64_t state;
};

static uint64_t roll(struct dice *dice)
{
	uint64_t z = dice->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static int below(struct dice *dice, unsigned limit)
{
	return (int)(roll(dice) % limit);
}

static void add(struct small_thread *thread, enum small_kind kind, int object,
		int reg, int constant)
{
	thread->at[thread->length++] =
		(struct small_operation){.kind = kind,
					 .object = (unsigned)object,
					 .reg = reg,
					 .constant = constant};
}

/* A constant, or a register plus a constant. */
static void add_value(struct dice *dice, struct small_thread *thread,
		      enum small_kind kind, int object)
{
	const int reg = below(dice, 3) - 1;

	add(thread, kind, object, reg, below(dice, 3) + 1);
}

/* One access, semaphore operation or output. */
static void draw_plain(struct dice *dice, struct small_thread *thread)
{
	const int object = below(dice, 3) == 0;

	switch (below(dice, 16)) {
	case 0:
	case 1:
	case 2:
	case 3:
	case 4:
		add(thread, SMALL_READ, object, below(dice, 2), 0);
		break;
	case 5:
	case 6:
	case 7:
	case 8:
		add_value(dice, thread, SMALL_WRITE, object);
		break;
	case 9:
	case 10:
		add(thread, SMALL_FETCH_ADD, object, SMALL_NO_REGISTER,
		    below(dice, 3) + 1);
		break;
	case 12:
		add(thread, SMALL_SEM_WAIT, 0, SMALL_NO_REGISTER, 0);
		break;
	case 11:
		add(thread, SMALL_SEM_POST, 0, SMALL_NO_REGISTER, 0);
		break;
	case 13:
		add(thread, SMALL_SEM_TRYWAIT, 0, below(dice, 2), 0);
		break;
	case 14:
		add(thread, SMALL_SEM_VALUE, 0, below(dice, 2), 0);
		break;
	default:
		add_value(dice, thread, SMALL_OUTPUT, 0);
		break;
	}
}

/* lock; one or two operations, or an inner lock; unlock. The inner lock may be
 * the same one: a self-deadlock. */
static void draw_locked(struct dice *dice, struct small_thread *thread)
{
	const int mutex = below(dice, 2);
	int inner;

	add(thread, SMALL_LOCK, mutex, SMALL_NO_REGISTER, 0);
	draw_plain(dice, thread);
	if (below(dice, 3) == 0) {
		inner = below(dice, 8) == 0 ? mutex : !mutex;
		add(thread, SMALL_LOCK, inner, SMALL_NO_REGISTER, 0);
		draw_plain(dice, thread);
		add(thread, SMALL_UNLOCK, inner, SMALL_NO_REGISTER, 0);
		if (inner == mutex)
			return;
	}
	add(thread, SMALL_UNLOCK, mutex, SMALL_NO_REGISTER, 0);
}

static void draw_trylocked(struct dice *dice, struct small_thread *thread)
{
	const int mutex = below(dice, 2);
	const int reg = below(dice, 2);

	add(thread, SMALL_TRYLOCK, mutex, reg, 0);
	add(thread, SMALL_SKIP_IF_ZERO, 0, reg, 2);
	draw_plain(dice, thread);
	add(thread, SMALL_UNLOCK, mutex, SMALL_NO_REGISTER, 0);
}

static void draw_skip(struct dice *dice, struct small_thread *thread)
{
	add(thread, below(dice, 2) ? SMALL_SKIP_IF_ZERO : SMALL_SKIP_IF_NONZERO,
	    0, below(dice, 2), 1);
	draw_plain(dice, thread);
}

static void draw_part(struct dice *dice, struct small_thread *thread)
{
	switch (below(dice, 8)) {
	case 0:
		draw_locked(dice, thread);
		break;
	case 1:
		draw_trylocked(dice, thread);
		break;
	case 2:
		draw_skip(dice, thread);
		break;
	default:
		draw_plain(dice, thread);
		break;
	}
}

void generate(uint64_t seed, struct small_program *ret_program)
{
	struct dice dice = {seed};

	memset(ret_program, 0, sizeof(*ret_program));
	ret_program->count = 2 + (unsigned)below(&dice, 2);
	for (unsigned t = 0; t < ret_program->count; t++) {
		int parts = ret_program->count == 2 ? 2 + below(&dice, 4)
						    : 1 + below(&dice, 3);

		while (parts-- > 0 && ret_program->threads[t].length <
					      SMALL_OPERATIONS_MAX - 6)
			draw_part(&dice, &ret_program->threads[t]);
	}
}

/* --- With every operation */

static void add_ordered(struct dice *dice, struct small_thread *thread,
			enum small_kind kind, int object)
{
	const bool relaxed = below(dice, 4) == 0;

	if (kind == SMALL_LOAD)
		add(thread, kind, object, below(dice, 2), 0);
	else if (kind == SMALL_STORE)
		add_value(dice, thread, kind, object);
	else
		add(thread, kind, object, SMALL_NO_REGISTER,
		    below(dice, 3) + 1);
	thread->at[thread->length - 1].relaxed = relaxed;
}

static void draw_atomic(struct dice *dice, struct small_thread *thread)
{
	const int object = below(dice, 3) == 0;

	switch (below(dice, 4)) {
	case 0:
		add_ordered(dice, thread, SMALL_LOAD, object);
		return;
	case 1:
		add_ordered(dice, thread, SMALL_STORE, object);
		return;
	case 2:
		add_ordered(dice, thread, SMALL_FETCH_ADD, object);
		return;
	default:
		add(thread, SMALL_COMPARE, object, below(dice, 2),
		    1 + below(dice, 3));
		thread->at[thread->length - 1].expected = below(dice, 3);
		return;
	}
}

/* Ranges of the neighbours, and accesses to one of them. */
static void draw_range(struct dice *dice, struct small_thread *thread)
{
	const unsigned neighbours = SMALL_VARIABLES - SMALL_NEIGHBOURS;
	const unsigned count = 1 + (unsigned)below(dice, 3);
	const unsigned first = (unsigned)below(dice, neighbours - count + 1);
	const unsigned second = (unsigned)below(dice, neighbours - count + 1);
	struct small_operation operation = {
		.object = SMALL_NEIGHBOURS + first,
		.source = SMALL_NEIGHBOURS + second,
		.count = count,
		.reg = SMALL_NO_REGISTER,
	};
	const int one = SMALL_NEIGHBOURS + below(dice, neighbours);
	const bool forth = below(dice, 2);

	switch (below(dice, 5)) {
	case 0:
		operation.kind = SMALL_COPY;
		break;
	case 1:
		operation.kind = SMALL_ASSIGN;
		operation.count = SMALL_STRUCT;
		operation.object = SMALL_NEIGHBOURS + forth * SMALL_STRUCT;
		operation.source = SMALL_NEIGHBOURS + !forth * SMALL_STRUCT;
		break;
	case 2:
		operation.kind = SMALL_FILL;
		operation.constant = below(dice, 2);
		break;
	case 3:
		add(thread, SMALL_READ, one, below(dice, 2), 0);
		return;
	default:
		add_value(dice, thread, SMALL_WRITE, one);
		return;
	}
	thread->at[thread->length++] = operation;
}

static void draw_recursive(struct dice *dice, struct small_thread *thread)
{
	const int mutex = SMALL_RECURSIVE;
	const int reg = below(dice, 2);

	if (below(dice, 2)) {
		add(thread, SMALL_TRYLOCK, mutex, reg, 0);
		add(thread, SMALL_SKIP_IF_ZERO, 0, reg, 2);
		draw_plain(dice, thread);
		add(thread, SMALL_UNLOCK, mutex, SMALL_NO_REGISTER, 0);
		return;
	}
	add(thread, SMALL_LOCK, mutex, SMALL_NO_REGISTER, 0);
	draw_plain(dice, thread);
	add(thread, SMALL_LOCK, mutex, SMALL_NO_REGISTER, 0);
	add(thread, SMALL_UNLOCK, mutex, SMALL_NO_REGISTER, 0);
	add(thread, SMALL_UNLOCK, mutex, SMALL_NO_REGISTER, 0);
}

static void draw_end(struct dice *dice, struct small_thread *thread)
{
	if (below(dice, 2))
		draw_skip(dice, thread);
	if (below(dice, 2))
		add(thread, SMALL_EXIT, 0, SMALL_NO_REGISTER,
		    1 + below(dice, 2));
	else
		add(thread, SMALL_ABORT, 0, SMALL_NO_REGISTER, 0);
}

/* A lock that is never given back, should it be got. */
static void draw_kept(struct dice *dice, struct small_thread *thread)
{
	const int mutex = below(dice, 2);

	if (below(dice, 2))
		add(thread, SMALL_LOCK, mutex, SMALL_NO_REGISTER, 0);
	else
		add(thread, SMALL_TRYLOCK, mutex, below(dice, 2), 0);
	draw_plain(dice, thread);
}

/* One side of a message: x or y is written, and a flag in the other one set; or
 * the flag is read and then, or never, what it stands for. How much the flag
 * orders is up to it. */
static void draw_message(struct dice *dice, struct small_thread *thread)
{
	const int flag = below(dice, 3) == 0;
	const int kind = below(dice, 3);
	const int fence = below(dice, 3);
	const bool sends = below(dice, 2);
	const int reg = below(dice, 2);

	if (sends)
		add(thread, SMALL_WRITE, !flag, SMALL_NO_REGISTER, 5);
	if (sends && kind == 0)
		add(thread, SMALL_FENCE, fence, SMALL_NO_REGISTER, 0);
	if (sends)
		add(thread, kind == 2 ? SMALL_WRITE : SMALL_STORE, flag,
		    SMALL_NO_REGISTER, 1);
	else
		add(thread, kind == 2 ? SMALL_READ : SMALL_LOAD, flag, reg, 0);
	thread->at[thread->length - 1].relaxed = kind == 0;
	if (sends)
		return;
	if (kind == 0)
		add(thread, SMALL_FENCE, fence, SMALL_NO_REGISTER, 0);
	add(thread, SMALL_SKIP_IF_ZERO, 0, reg, 1);
	add(thread, below(dice, 2) ? SMALL_READ : SMALL_WRITE, !flag, !reg, 0);
}

/* A section under the read-write lock, or under the spin lock. */
static void draw_other_lock(struct dice *dice, struct small_thread *thread)
{
	const int kind = below(dice, 8);
	const int reg = below(dice, 2);
	const int lock = kind < 6 ? SMALL_RWLOCK : SMALL_SPIN_LOCK;

	if (kind == 0 || kind == 1 || kind == 6)
		add(thread, SMALL_LOCK, lock, SMALL_NO_REGISTER, 0);
	else if (kind == 2 || kind == 3)
		add(thread, SMALL_RDLOCK, lock, SMALL_NO_REGISTER, 0);
	else
		add(thread, kind == 4 ? SMALL_TRYRDLOCK : SMALL_TRYLOCK, lock,
		    reg, 0);
	if (kind == 4 || kind == 5 || kind == 7)
		add(thread, SMALL_SKIP_IF_ZERO, 0, reg, 2);
	draw_plain(dice, thread);
	add(thread, SMALL_UNLOCK, lock, SMALL_NO_REGISTER, 0);
}

/* The read-write lock around one of the others, or within. */
static void draw_nested(struct dice *dice, struct small_thread *thread)
{
	const int inner = below(dice, 2) ? 0 : SMALL_SPIN_LOCK;
	const bool reads = below(dice, 2);
	const bool outside = below(dice, 2);

	if (!outside)
		add(thread, SMALL_LOCK, inner, SMALL_NO_REGISTER, 0);
	add(thread, reads ? SMALL_RDLOCK : SMALL_LOCK, SMALL_RWLOCK,
	    SMALL_NO_REGISTER, 0);
	if (outside)
		add(thread, SMALL_LOCK, inner, SMALL_NO_REGISTER, 0);
	add(thread, SMALL_UNLOCK, SMALL_RWLOCK, SMALL_NO_REGISTER, 0);
	add(thread, SMALL_UNLOCK, inner, SMALL_NO_REGISTER, 0);
}

static void draw_synchronised(struct dice *dice, struct small_thread *thread)
{
	switch (below(dice, 4)) {
	case 0:
		add(thread, SMALL_ONCE, 0, SMALL_NO_REGISTER, 0);
		return;
	case 1:
		draw_nested(dice, thread);
		return;
	default:
		draw_other_lock(dice, thread);
		return;
	}
}

/* The last thing that a thread does. */
static void draw_kept_at_end(struct dice *dice, struct small_thread *thread)
{
	if (below(dice, 12) == 0)
		add(thread, below(dice, 2) ? SMALL_RDLOCK : SMALL_LOCK,
		    SMALL_RWLOCK, SMALL_NO_REGISTER, 0);
}

/* What lies between threads that meet at the barrier. */
static void draw_meeting(struct dice *dice, struct small_thread *thread)
{
	const int reg = below(dice, 2);

	if (below(dice, 2))
		draw_plain(dice, thread);
	if (below(dice, 3) > 0) {
		add(thread, SMALL_BARRIER, 0, SMALL_NO_REGISTER, 0);
		return;
	}
	add(thread, SMALL_BARRIER_SERIAL, 0, reg, 0);
	add(thread, SMALL_SKIP_IF_ZERO, 0, reg, 1);
	draw_plain(dice, thread);
}

static void draw_any(struct dice *dice, struct small_thread *thread)
{
	switch (below(dice, 34)) {
	case 28:
	case 29:
	case 30:
	case 31:
	case 32:
	case 33:
		draw_synchronised(dice, thread);
		return;
	case 24:
	case 25:
	case 26:
	case 27:
		draw_meeting(dice, thread);
		return;
	case 12:
		draw_kept(dice, thread);
		return;
	case 13:
	case 14:
	case 15:
	case 16:
		draw_message(dice, thread);
		return;
	case 0:
	case 1:
	case 2:
	case 3:
	case 4:
		draw_atomic(dice, thread);
		return;
	case 5:
	case 6:
	case 7:
		draw_range(dice, thread);
		return;
	case 8:
	case 9:
		draw_recursive(dice, thread);
		return;
	case 10:
		add_value(dice, thread, SMALL_ERROR, 0);
		return;
	case 11:
		draw_end(dice, thread);
		return;
	default:
		draw_part(dice, thread);
		return;
	}
}

/* Which thread creates each, and which joins it: itself for none. */
struct family {
	unsigned creator[SMALL_THREADS_MAX];
	unsigned joiner[SMALL_THREADS_MAX];
	bool detached[SMALL_THREADS_MAX];
};

/* Half of the threads are created by another one that comes before. Its creator
 * may join it, or one that the creator creates later, for which the handle is
 * sure to be there. */
static void draw_family(struct dice *dice, unsigned count,
			struct family *ret_family)
{
	for (unsigned t = 0; t < count; t++) {
		const bool nested = t > 0 && below(dice, 2);

		ret_family->creator[t] = nested ? (unsigned)below(dice, t) : t;
		ret_family->joiner[t] = t;
		ret_family->detached[t] = below(dice, 6) == 0;
	}
	for (unsigned t = 0; t < count; t++) {
		const bool nested = ret_family->creator[t] != t;
		const unsigned other = t + 1 + (unsigned)below(dice, 2);

		if (ret_family->detached[t] || below(dice, 3) == 0)
			continue;
		if (nested && below(dice, 2))
			ret_family->joiner[t] = ret_family->creator[t];
		else if (other < count &&
			 (nested ? ret_family->creator[other] ==
					   ret_family->creator[t]
				 : ret_family->creator[other] == other))
			ret_family->joiner[t] = other;
	}
}

static void add_creates(const struct family *family, unsigned count, unsigned t,
			struct small_thread *thread)
{
	for (unsigned child = t + 1; child < count; child++)
		if (family->creator[child] == t) {
			add(thread, SMALL_CREATE, (int)child, SMALL_NO_REGISTER,
			    0);
			if (family->detached[child])
				add(thread, SMALL_DETACH, (int)child,
				    SMALL_NO_REGISTER, 0);
		}
}

static void add_joins(const struct family *family, unsigned count, unsigned t,
		      struct small_thread *thread)
{
	for (unsigned other = 0; other < count; other++)
		if (other != t && family->joiner[other] == t)
			add(thread, SMALL_JOIN, (int)other, SMALL_NO_REGISTER,
			    0);
}

void generate_any(uint64_t seed, struct small_program *ret_program)
{
	struct dice dice = {seed ^ UINT64_C(0x616e79)};
	struct family family;

	memset(ret_program, 0, sizeof(*ret_program));
	ret_program->count = 2 + (unsigned)below(&dice, 3);
	ret_program->main_leaves = below(&dice, 8) == 0;
	draw_family(&dice, ret_program->count, &family);
	for (unsigned t = 0; t < ret_program->count; t++) {
		struct small_thread *thread = &ret_program->threads[t];
		const int parts = 1 + below(&dice, 6 - ret_program->count);
		const int creates = below(&dice, (unsigned)parts + 1);
		const int joins =
			creates + below(&dice, (unsigned)(parts - creates) + 1);

		for (int i = 0; i <= parts; i++) {
			if (i == creates)
				add_creates(&family, ret_program->count, t,
					    thread);
			if (i == joins)
				add_joins(&family, ret_program->count, t,
					  thread);
			if (i < parts &&
			    thread->length < SMALL_OPERATIONS_MAX - 10)
				draw_any(&dice, thread);
		}
		draw_kept_at_end(&dice, thread);
	}
}

/* --- Waiting */

static void add_simple(struct small_thread *thread, enum small_kind kind)
{
	add(thread, kind, 0, SMALL_NO_REGISTER, 0);
}

/* Now and then. */
static void make_timed(struct dice *dice, struct small_thread *thread)
{
	struct small_operation *last = &thread->at[thread->length - 1];

	if (below(dice, 3) > 0)
		return;
	last->timed = true;
	last->reg = below(dice, 2);
}

/* lock; unless the flag is set: wait; perhaps an operation; unlock. */
static void draw_wait(struct dice *dice, struct small_thread *thread)
{
	const bool asks = below(dice, 3) == 0;

	add_simple(thread, SMALL_LOCK);
	if (asks) {
		add(thread, SMALL_READ, 0, 0, 0);
		add(thread, SMALL_SKIP_IF_NONZERO, 0, 0, 1);
	}
	add_simple(thread, SMALL_WAIT);
	make_timed(dice, thread);
	if (below(dice, 2))
		draw_plain(dice, thread);
	add_simple(thread, SMALL_UNLOCK);
}

/* A lock or a semaphore that may not be had in time. */
static void draw_timed(struct dice *dice, struct small_thread *thread)
{
	static const enum small_kind takes[] = {SMALL_LOCK,	SMALL_LOCK,
						SMALL_SEM_WAIT, SMALL_SEM_WAIT,
						SMALL_RDLOCK,	SMALL_LOCK};
	const int reg = below(dice, 2);
	const int kind = below(dice, 6);
	const int object = kind < 4 ? 0 : SMALL_RWLOCK;

	add(thread, takes[kind], object, reg, 0);
	thread->at[thread->length - 1].timed = true;
	add(thread, SMALL_SKIP_IF_NONZERO, 0, reg, 2);
	draw_plain(dice, thread);
	add(thread,
	    takes[kind] == SMALL_SEM_WAIT ? SMALL_SEM_POST : SMALL_UNLOCK,
	    object, SMALL_NO_REGISTER, 0);
}

/* A signal or a broadcast, with the lock or without. */
static void draw_signal(struct dice *dice, struct small_thread *thread)
{
	const bool locks = below(dice, 2);

	if (locks)
		add_simple(thread, SMALL_LOCK);
	if (below(dice, 3) == 0)
		add(thread, SMALL_WRITE, 0, SMALL_NO_REGISTER, 1);
	add_simple(thread,
		   below(dice, 4) == 0 ? SMALL_BROADCAST : SMALL_SIGNAL);
	if (locks)
		add_simple(thread, SMALL_UNLOCK);
}

static void draw_waiting(struct dice *dice, struct small_thread *thread)
{
	switch (below(dice, 9)) {
	case 0:
		draw_plain(dice, thread);
		return;
	case 1:
		draw_any(dice, thread);
		return;
	case 8:
		draw_timed(dice, thread);
		return;
	case 2:
	case 3:
	case 4:
		draw_wait(dice, thread);
		return;
	default:
		draw_signal(dice, thread);
		return;
	}
}

void generate_waits(uint64_t seed, struct small_program *ret_program)
{
	struct dice dice = {seed ^ UINT64_C(0x7761697473)};

	memset(ret_program, 0, sizeof(*ret_program));
	ret_program->count = 2 + (unsigned)below(&dice, 3);
	ret_program->main_leaves = below(&dice, 8) == 0;
	for (unsigned t = 0; t < ret_program->count; t++) {
		int parts = 1 + below(&dice, 5 - ret_program->count);

		while (parts-- > 0 && ret_program->threads[t].length <
					      SMALL_OPERATIONS_MAX - 10)
			draw_waiting(&dice, &ret_program->threads[t]);
	}
}

/* --- With what commutes */

static void draw_commuting(struct dice *dice, struct small_thread *thread)
{
	const int mutex = below(dice, 3);

	switch (below(dice, 11)) {
	case 10:
		add(thread, SMALL_CHOOSE, 0, below(dice, 2),
		    2 + below(dice, 2));
		return;
	case 0:
	case 1:
		add(thread, SMALL_SEM_POST, 0, SMALL_NO_REGISTER, 0);
		return;
	case 2:
		add(thread, SMALL_SEM_WAIT, 0, SMALL_NO_REGISTER, 0);
		return;
	case 3:
		add(thread, SMALL_SEM_TRYWAIT, 0, below(dice, 2), 0);
		return;
	case 4:
		add(thread, SMALL_SEM_VALUE, 0, below(dice, 2), 0);
		return;
	case 5:
	case 6:
		add(thread, SMALL_TRYLOCK, mutex, 0, 0);
		add(thread, SMALL_SKIP_IF_ZERO, 0, 0, 1);
		add(thread, SMALL_UNLOCK, mutex, SMALL_NO_REGISTER, 0);
		return;
	case 7:
		add(thread, SMALL_TRYLOCK, mutex, 0, 0);
		return;
	case 8:
		add(thread, SMALL_LOCK, mutex, SMALL_NO_REGISTER, 0);
		add(thread, SMALL_UNLOCK, mutex, SMALL_NO_REGISTER, 0);
		return;
	default:
		add_value(dice, thread, SMALL_STORE, 0);
		return;
	}
}

void generate_commuting(uint64_t seed, struct small_program *ret_program)
{
	struct dice dice = {seed ^ UINT64_C(0x636f6d)};

	memset(ret_program, 0, sizeof(*ret_program));
	ret_program->count = 2 + (unsigned)below(&dice, 3);
	for (unsigned t = 0; t < ret_program->count; t++) {
		int parts = 1 + below(&dice, 6 - ret_program->count);

		while (parts-- > 0)
			draw_commuting(&dice, &ret_program->threads[t]);
	}
}

/* --- With readers */

/* What may stand between locking and unlocking; posts and waits make threads
 * stop reading only when others do, too. */
static void draw_within(struct dice *dice, struct small_thread *thread)
{
	switch (below(dice, 6)) {
	case 0:
	case 1:
		add(thread, SMALL_SEM_POST, 0, SMALL_NO_REGISTER, 0);
		return;
	case 2:
		add(thread, SMALL_SEM_WAIT, 0, SMALL_NO_REGISTER, 0);
		return;
	case 3:
		add_value(dice, thread, SMALL_STORE, 0);
		return;
	default:
		return;
	}
}

static void draw_reading(struct dice *dice, struct small_thread *thread,
			 bool is_last)
{
	const int kind = below(dice, 9);
	const int reg = below(dice, 2);
	const unsigned start = thread->length;

	if (kind < 4)
		add(thread, SMALL_RDLOCK, SMALL_RWLOCK, SMALL_NO_REGISTER, 0);
	else if (kind < 6)
		add(thread, SMALL_LOCK, SMALL_RWLOCK, SMALL_NO_REGISTER, 0);
	else if (kind < 8)
		add(thread, kind == 6 ? SMALL_TRYRDLOCK : SMALL_TRYLOCK,
		    SMALL_RWLOCK, reg, 0);
	else
		add(thread, below(dice, 2) ? SMALL_RDLOCK : SMALL_LOCK,
		    SMALL_RWLOCK, reg, 0);
	thread->at[thread->length - 1].timed = kind == 8;
	if (is_last && below(dice, 4) == 0)
		return;
	if (kind >= 6)
		add(thread,
		    kind == 8 ? SMALL_SKIP_IF_NONZERO : SMALL_SKIP_IF_ZERO, 0,
		    reg, 0);
	draw_within(dice, thread);
	if (below(dice, 2))
		draw_within(dice, thread);
	add(thread, SMALL_UNLOCK, SMALL_RWLOCK, SMALL_NO_REGISTER, 0);
	if (kind >= 6)
		thread->at[start + 1].constant =
			(int)(thread->length - start - 2);
}

void generate_readers(uint64_t seed, struct small_program *ret_program)
{
	struct dice dice = {seed ^ UINT64_C(0x72656164)};

	memset(ret_program, 0, sizeof(*ret_program));
	ret_program->count = 2 + (unsigned)below(&dice, 3);
	for (unsigned t = 0; t < ret_program->count; t++) {
		struct small_thread *thread = &ret_program->threads[t];

		if (below(&dice, 3) == 0)
			draw_within(&dice, thread);
		if (ret_program->count < 4 && below(&dice, 2))
			draw_reading(&dice, thread, false);
		draw_reading(&dice, thread, true);
	}
}

/* --- With cancellation */

static void draw_cancelled(struct dice *dice, unsigned t,
			   struct small_thread *thread)
{
	switch (below(dice, t > 0 ? 8 : 6)) {
	case 0:
		draw_plain(dice, thread);
		return;
	case 1:
		add_simple(thread, SMALL_TESTCANCEL);
		return;
	case 2:
		add_simple(thread, SMALL_SEM_WAIT);
		make_timed(dice, thread);
		return;
	case 3:
		draw_wait(dice, thread);
		return;
	case 4:
		draw_signal(dice, thread);
		return;
	case 5:
		add_simple(thread, SMALL_SEM_POST);
		return;
	default:
		add(thread, SMALL_CANCEL, below(dice, t), SMALL_NO_REGISTER, 0);
		return;
	}
}

void generate_cancels(uint64_t seed, struct small_program *ret_program)
{
	struct dice dice = {seed ^ UINT64_C(0x63616e)};

	memset(ret_program, 0, sizeof(*ret_program));
	ret_program->count = 2 + (unsigned)below(&dice, 2);
	for (unsigned t = 0; t < ret_program->count; t++) {
		struct small_thread *thread = &ret_program->threads[t];
		int parts = 1 + below(&dice, 5 - ret_program->count);

		if (t > 0 && below(&dice, 2))
			add(thread, SMALL_CANCEL, below(&dice, t),
			    SMALL_NO_REGISTER, 0);
		while (parts-- > 0)
			draw_cancelled(&dice, t, thread);
	}
}

/* --- With spins, sections, time */

static bool has_read_clock(const struct small_thread *thread)
{
	for (unsigned i = 0; i < thread->length; i++)
		if (thread->at[i].kind == SMALL_CLOCK)
			return true;
	return false;
}

/* An access to x leaves it other than 0. */
static void draw_shared(struct dice *dice, struct small_thread *thread)
{
	const int object = below(dice, 2);

	switch (below(dice, 4)) {
	case 0:
		add(thread, SMALL_LOAD, object, below(dice, 2), 0);
		return;
	case 1:
		add(thread, SMALL_FETCH_ADD, object, SMALL_NO_REGISTER, 1);
		return;
	default:
		add_value(dice, thread, SMALL_STORE, object);
		return;
	}
}

static void draw_section(struct dice *dice, struct small_thread *thread)
{
	const int length = 1 + below(dice, 2);

	add(thread, SMALL_SECTION, 0, SMALL_NO_REGISTER, length);
	for (int i = 0; i < length; i++)
		draw_shared(dice, thread);
}

static void draw_spinning(struct dice *dice, struct small_thread *thread)
{
	switch (below(dice, 10)) {
	case 0:
	case 1:
		add_simple(thread, SMALL_SPIN);
		return;
	case 2:
		draw_section(dice, thread);
		return;
	case 3:
	case 4:
	case 5:
		add_simple(thread, SMALL_CLOCK);
		return;
	case 6:
	case 7:
		/* A deadline must not have passed when it is waited for. */
		if (has_read_clock(thread))
			add_simple(thread, SMALL_SEM_POST);
		else
			draw_timed(dice, thread);
		return;
	case 8:
		add_simple(thread, SMALL_SEM_POST);
		return;
	default:
		draw_shared(dice, thread);
		return;
	}
}

void generate_spins(uint64_t seed, struct small_program *ret_program)
{
	struct dice dice = {seed ^ UINT64_C(0x7370696e)};

	memset(ret_program, 0, sizeof(*ret_program));
	ret_program->count = 2 + (unsigned)below(&dice, 2);
	for (unsigned t = 0; t < ret_program->count; t++) {
		struct small_thread *thread = &ret_program->threads[t];
		int parts = 1 + below(&dice, 5 - ret_program->count);

		if (t == 0)
			add(thread, SMALL_STORE, 0, SMALL_NO_REGISTER, 1);
		while (parts-- > 0)
			draw_spinning(&dice, thread);
	}
}

/* --- With meetings */

static void draw_met(struct dice *dice, struct small_thread *thread)
{
	switch (below(dice, 6)) {
	case 0:
		add_simple(thread, SMALL_SPIN);
		return;
	case 1:
		draw_section(dice, thread);
		return;
	case 2:
		add(thread, SMALL_OUTPUT, 0, SMALL_NO_REGISTER, below(dice, 3));
		return;
	case 3:
		add_simple(thread, SMALL_SEM_POST);
		return;
	default:
		draw_shared(dice, thread);
		return;
	}
}

static void draw_barrier(struct dice *dice, struct small_thread *thread)
{
	const int reg = below(dice, 2);

	if (below(dice, 3) > 0) {
		add_simple(thread, SMALL_BARRIER);
		return;
	}
	add(thread, SMALL_BARRIER_SERIAL, 0, reg, 0);
	add(thread, SMALL_SKIP_IF_ZERO, 0, reg, 1);
	draw_shared(dice, thread);
}

void generate_meetings(uint64_t seed, struct small_program *ret_program)
{
	struct dice dice = {seed ^ UINT64_C(0x6d656574)};

	memset(ret_program, 0, sizeof(*ret_program));
	ret_program->count = 3 + (unsigned)below(&dice, 2);
	ret_program->parties = 3;
	for (unsigned t = 0; t < ret_program->count; t++) {
		struct small_thread *thread = &ret_program->threads[t];

		if (t == 0)
			add(thread, SMALL_STORE, 0, SMALL_NO_REGISTER, 1);
		else if (below(&dice, 3) == 0)
			draw_met(&dice, thread);
		draw_barrier(&dice, thread);
		if (below(&dice, 5 - ret_program->count))
			draw_met(&dice, thread);
		if (below(&dice, 4) == 0)
			add_simple(thread, SMALL_BARRIER);
	}
}
