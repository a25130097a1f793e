/*
 * Locks that members hold: the word in which each says who owns it tells them
 * apart, unless it goes with its owner. See symmetry.h.
 */
#include <pthread.h>
#include <string.h>

#include "engine/symmetry_parts.h"
#include "runtime/once.h"
#include "runtime/spin_lock.h"

/* Where a lock says who has it: bits of a word of four bytes. All zero there:
 * nobody who would be named, as of those who read. */
struct owner {
	uintptr_t place;
	uint32_t bits;
};

static struct owner owner_of_lock(const struct held *held)
{
	switch (op_object((enum op)held->op)) {
	case OP_OBJECT_RWLOCK:
		return (struct owner){
			held->address +
				offsetof(pthread_rwlock_t, __data.__cur_writer),
			UINT32_MAX};
	case OP_OBJECT_SPIN_LOCK:
		return (struct owner){held->address, SPIN_LOCK_OWNER};
	case OP_OBJECT_ONCE:
		return (struct owner){held->address, ONCE_OWNER};
	case OP_OBJECT_MUTEX:
	case OP_OBJECT_NONE:
	case OP_OBJECT_MEMORY:
	case OP_OBJECT_SEMAPHORE:
	case OP_OBJECT_CONDITION:
	case OP_OBJECT_BARRIER:
	case OP_OBJECT_DESCRIPTOR:
	case OP_OBJECT_RANDOM:
	case OP_OBJECT_CLOCK:
	case OP_OBJECT_THREAD:
	case OP_OBJECT_KEY:
	case OP_OBJECT_NAME:
	case OP_OBJECT_FUTEX:
	case OP_OBJECT_UNKNOWN:
		break;
	}
	return (struct owner){held->address +
				      offsetof(pthread_mutex_t, __data.__owner),
			      UINT32_MAX};
}

/* The line as if nobody in particular held the locks in it that members do. */
static void forget_owners(const struct symmetry *symmetry, const uint8_t *line,
			  uint32_t members, uint8_t *ret_line)
{
	const struct runtime_state *state = symmetry->state;

	memcpy(ret_line, line, LINE_BYTES);
	for (uint32_t i = 0; i < state->held_count; i++) {
		struct owner owner = owner_of_lock(&state->held[i]);
		uint32_t slot = state->threads[state->held[i].thread].slot;
		size_t at = owner.place - (uintptr_t)line;
		uint32_t word;

		if (!symmetry_is_member(members, slot) || at >= LINE_BYTES)
			continue;
		memcpy(&word, ret_line + at, sizeof(word));
		if (word & owner.bits)
			word |= owner.bits;
		memcpy(ret_line + at, &word, sizeof(word));
	}
}

static uintptr_t line_of_owner(const struct held *held)
{
	return owner_of_lock(held).place & ~(uintptr_t)(LINE_BYTES - 1);
}

/* Each line once. */
static bool is_first_in_line(const struct runtime_state *state, uint32_t place)
{
	uintptr_t line = line_of_owner(&state->held[place]);

	for (uint32_t i = 0; i < place; i++)
		if (line_of_owner(&state->held[i]) == line)
			return false;
	return true;
}

void symmetry_move_locks(const struct symmetry *symmetry, uint32_t members,
			 struct digest *shared, struct digest *own)
{
	const struct runtime_state *state = symmetry->state;

	for (uint32_t i = 0; i < state->held_count; i++) {
		const struct held *held = &state->held[i];
		uint32_t slot = state->threads[held->thread].slot;
		bool is_member = symmetry_is_member(members, slot);
		uint64_t what[] = {held->address, held->place, held->op,
				   is_member ? 0 : held->thread + 1};
		const uint8_t *line = (const uint8_t *)line_of_owner(held);
		uint8_t without[LINE_BYTES];

		digest_toggle(is_member ? &own[slot] : shared,
			      hash_bytes_wide(what, sizeof(what), OWN_PART));
		if (!is_first_in_line(state, i))
			continue;
		forget_owners(symmetry, line, members, without);
		digest_toggle(shared, line_digest(line, (uintptr_t)line));
		digest_toggle(shared, line_digest(without, (uintptr_t)line));
	}
}
