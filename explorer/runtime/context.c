/*
 * Interned create-join clocks. See context.h.
 *
 * A clock holds an epoch for each slot that it knows of. A thread's own epoch
 * grows with each thread it creates; access a of slot s in epoch e is ordered
 * before b if b's clock knows epoch e of slot s or a later one.
 */
#include "runtime/context.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

struct entry {
	uint32_t slot;
	uint32_t epoch;
};

/* Invariant: entries are in increasing order of slot, and one of them is the
 * context's own. */
struct context {
	uint32_t slot;
	uint32_t count;
	struct entry entries[];
};

enum change { CHANGE_CREATE = 1, CHANGE_AFTER_CREATE, CHANGE_JOIN };

static size_t context_bytes(size_t count)
{
	return sizeof(struct context) + count * sizeof(struct entry);
}

static uint64_t nonzero(uint64_t digest)
{
	return digest ? digest : 1;
}

/* The number of a context that equals *context; takes it over. */
static uint32_t intern(struct contexts *contexts, struct context *context)
{
	size_t bytes = context_bytes(context->count);
	uint64_t *number = map_put(&contexts->known,
				   nonzero(hash_bytes(context, bytes, 1)));

	if (*number) {
		memory_free(context, bytes);
		return (uint32_t)(*number - 1);
	}
	memory_reserve((void **)&contexts->at, &contexts->capacity,
		       contexts->count + 1, sizeof(*contexts->at));
	contexts->at[contexts->count++] = context;
	*number = contexts->count;
	return (uint32_t)(contexts->count - 1);
}

static uint32_t epoch_of(const struct context *context, uint32_t slot)
{
	for (uint32_t i = 0; i < context->count; i++)
		if (context->entries[i].slot == slot)
			return context->entries[i].epoch;
	return 0;
}

/* Raises the epoch of one slot to at least `epoch`; there is room for one more
 * entry. */
static void raise(struct context *context, uint32_t slot, uint32_t epoch)
{
	uint32_t i = context->count;

	for (uint32_t j = 0; j < context->count; j++) {
		if (context->entries[j].slot == slot) {
			if (context->entries[j].epoch < epoch)
				context->entries[j].epoch = epoch;
			return;
		}
	}
	for (; i > 0 && context->entries[i - 1].slot > slot; i--)
		context->entries[i] = context->entries[i - 1];
	context->entries[i] = (struct entry){slot, epoch};
	context->count++;
}

/* A copy with room for `more` further entries; its size is made exact by
 * finish(). */
static struct context *copy_with_room(const struct context *context,
				      size_t more)
{
	struct context *copy = memory_new(context_bytes(context->count + more));

	memcpy(copy, context, context_bytes(context->count));
	return copy;
}

static uint32_t finish(struct contexts *contexts, struct context *context,
		       size_t room)
{
	struct context *exact = memory_resize(context, context_bytes(room),
					      context_bytes(context->count));

	return intern(contexts, exact);
}

void contexts_init(struct contexts *contexts)
{
	struct context *main_thread = memory_new(context_bytes(1));

	*contexts = (struct contexts){0};
	main_thread->count = 1;
	main_thread->entries[0] = (struct entry){0, 1};
	intern(contexts, main_thread);
}

/* Where the result of a change is remembered: 0 if it is not known yet. */
static uint64_t *moved(struct contexts *contexts, uint32_t context,
		       enum change change, uint32_t operand)
{
	uint64_t key = hash_mix((uint64_t)context << 32 | operand, change);

	return map_put(&contexts->moved, nonzero(key));
}

uint32_t contexts_create(struct contexts *contexts, uint32_t creator,
			 uint32_t slot)
{
	uint64_t *known = moved(contexts, creator, CHANGE_CREATE, slot);

	if (!*known) {
		const struct context *from = contexts->at[creator];
		size_t room = from->count + 1;
		struct context *created = copy_with_room(from, 1);

		created->slot = slot;
		raise(created, slot, 1);
		*known = (uint64_t)finish(contexts, created, room) + 1;
	}
	return (uint32_t)(*known - 1);
}

uint32_t contexts_after_create(struct contexts *contexts, uint32_t creator)
{
	uint64_t *known = moved(contexts, creator, CHANGE_AFTER_CREATE, 0);

	if (!*known) {
		const struct context *from = contexts->at[creator];
		struct context *after = copy_with_room(from, 0);

		raise(after, after->slot, epoch_of(after, after->slot) + 1);
		*known = (uint64_t)intern(contexts, after) + 1;
	}
	return (uint32_t)(*known - 1);
}

uint32_t contexts_join(struct contexts *contexts, uint32_t context,
		       uint32_t ended)
{
	uint64_t *known = moved(contexts, context, CHANGE_JOIN, ended);

	if (!*known) {
		const struct context *from = contexts->at[context];
		const struct context *other = contexts->at[ended];
		size_t room = from->count + other->count;
		struct context *joined = copy_with_room(from, other->count);

		for (uint32_t i = 0; i < other->count; i++)
			raise(joined, other->entries[i].slot,
			      other->entries[i].epoch);
		*known = (uint64_t)finish(contexts, joined, room) + 1;
	}
	return (uint32_t)(*known - 1);
}

static bool known_by(const struct context *a, const struct context *b)
{
	return epoch_of(b, a->slot) >= epoch_of(a, a->slot);
}

bool contexts_ordered(const struct contexts *contexts, uint32_t a, uint32_t b)
{
	const struct context *x = contexts->at[a];
	const struct context *y = contexts->at[b];

	return a == b || x->slot == y->slot || known_by(x, y) || known_by(y, x);
}
