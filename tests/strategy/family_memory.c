/*
 * Families of accesses to memory, and of waiting for it in a loop. See
 * family.h.
 */
#include <string.h>

#include "engine/toy.h"
#include "runtime/announce.h"
#include "runtime/atomic.h"
#include "runtime/memory.h"
#include "strategy/family.h"

static struct runtime *const runtime = &toy.runtime;

/* --- Plain accesses */

ON_FIBER static void copy(unsigned to, unsigned from, uintptr_t place)
{
	int *array = toy.memory->array;

	memory_copy(runtime, (uintptr_t)&array[to], (uintptr_t)&array[from],
		    2 * sizeof(*array), place);
	memmove(&array[to], &array[from], 2 * sizeof(*array));
}

/* Of a function whose locals these were. */
ON_FIBER static void leave_frame(uintptr_t place)
{
	runtime_announce(runtime,
			 &(struct operation){
				 .op = OP_RETURN,
				 .order = ORDER_PLAIN,
				 .address = (uintptr_t)toy.memory->array,
				 .bytes = 2 * sizeof(int),
				 .place = place,
			 });
}

ON_FIBER static void access(unsigned number, uintptr_t place)
{
	int *array = toy.memory->array;

	switch (number) {
	case 0:
	case 1:
		toy_read(&array[number]);
		return;
	case 2:
	case 3:
		toy_write(&array[number - 2], (int)(place % 3));
		return;
	case 4:
		copy(0, 2, place);
		return;
	case 5:
		copy(1, 0, place);
		return;
	case 6:
		memory_release(runtime, (uintptr_t)&array[0], sizeof(*array),
			       place);
		return;
	default:
		leave_frame(place);
		return;
	}
}

const struct family family_accesses = {
	.perform = access,
	.count = 8,
	FAMILY_KINDS(OP_READ, OP_WRITE, OP_COPY, OP_FREE, OP_RETURN),
};

/* --- Atomic ones */

ON_FIBER static void change(enum atomic_change what, unsigned index,
			    uintptr_t place)
{
	atomic_perform(runtime,
		       &(struct atomic_request){
			       .address = (uintptr_t)&toy.memory->array[index],
			       .bytes = sizeof(int),
			       .change = what,
			       .order = place % 2 ? __ATOMIC_RELAXED
						  : __ATOMIC_SEQ_CST,
			       .operand = (place / 100) % 3,
			       .expected = 1,
			       .place = place,
		       });
}

ON_FIBER static void use_atomics(unsigned number, uintptr_t place)
{
	static const enum atomic_change changes[] = {ATOMIC_LOAD, ATOMIC_STORE,
						     ATOMIC_ADD, ATOMIC_COMPARE,
						     ATOMIC_EXCHANGE};

	switch (number) {
	case 8:
		toy_read(&toy.memory->array[0]);
		return;
	case 9:
		toy_write(&toy.memory->array[1], 1);
		return;
	default:
		change(changes[number / 2], number % 2, place + number);
		return;
	}
}

const struct family family_atomics = {
	.perform = use_atomics,
	.count = 10,
	FAMILY_KINDS(OP_READ, OP_WRITE, OP_ATOMIC_LOAD, OP_ATOMIC_STORE,
		     OP_ATOMIC_UPDATE, OP_ATOMIC_COMPARE),
};

/* --- Loops */

/* Announces now and then that it goes on: see PRIVATE_ACCESSES_MAX. */
ON_FIBER static void work(uintptr_t place)
{
	runtime_announce_on(runtime, OP_SPIN, 0, place);
}

ON_FIBER static void spin(unsigned number, uintptr_t place)
{
	int *array = toy.memory->array;

	switch (number) {
	case 0:
		while (toy_read(&array[0]) == 0)
			;
		return;
	case 1:
		while (toy_read(&array[1]) == 0)
			;
		return;
	case 2:
	case 3:
		toy_write(&array[number - 2], 1);
		return;
	case 4:
		work(place);
		return;
	default:
		toy_read(&array[1]);
		return;
	}
}

const struct family family_spins = {
	.perform = spin,
	.count = 6,
	FAMILY_KINDS(OP_READ, OP_WRITE, OP_SPIN, OP_AWAIT),
};
