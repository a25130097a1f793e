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
	thread->at[thread->length++] = (struct small_operation){
		kind, (unsigned)object, 0, reg, constant};
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
