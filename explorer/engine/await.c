/*
 * What a thread that spins waits for, as one operation. See await.h.
 */
#include "engine/await.h"

#include "base/hash.h"

/* How many places are put as they are. */
#define PLACES_EXACT 2U

/* In `detail`, above the sorts of two places: locks of what sorts are passed,
 * whether there is a filter, and how many steps there were. */
enum {
	PASSES_MUTEX = 1 << 16,
	PASSES_RWLOCK = 1 << 17,
	PASSES_SPIN_LOCK = 1 << 18,
	PASSES_SEMAPHORE = 1 << 19,
	PASSES_CLOCK = 1 << 20,
	IS_FILTER = 1 << 21,
	STEPS_SHIFT = 22,
	IGNORES_WAITS = 1 << 28,
};

static uint32_t bit_of(enum op_object sort)
{
	switch (sort) {
	case OP_OBJECT_MUTEX:
		return PASSES_MUTEX;
	case OP_OBJECT_RWLOCK:
		return PASSES_RWLOCK;
	case OP_OBJECT_SPIN_LOCK:
		return PASSES_SPIN_LOCK;
	case OP_OBJECT_SEMAPHORE:
		return PASSES_SEMAPHORE;
	case OP_OBJECT_CLOCK:
		return PASSES_CLOCK;
	case OP_OBJECT_NONE:
	case OP_OBJECT_MEMORY:
	case OP_OBJECT_ONCE:
	case OP_OBJECT_CONDITION:
	case OP_OBJECT_BARRIER:
	case OP_OBJECT_DESCRIPTOR:
	case OP_OBJECT_RANDOM:
	case OP_OBJECT_THREAD:
	case OP_OBJECT_KEY:
	case OP_OBJECT_NAME:
	case OP_OBJECT_FUTEX:
	case OP_OBJECT_UNKNOWN:
		return 0;
	}
	return 0;
}

static struct await_place place_of(const struct operation *operation)
{
	enum op_object sort = op_object(operation->op);
	uintptr_t bytes = sort == OP_OBJECT_MEMORY ? operation->bytes : 1;

	return (struct await_place){operation->address,
				    operation->address + bytes, sort};
}

/* Makes one of both, if that is no more than both. */
static bool unite(struct await_place *place, const struct await_place *other)
{
	if (place->sort != other->sort || place->start > other->end ||
	    other->start > place->end ||
	    (place->sort != OP_OBJECT_MEMORY && place->start != other->start))
		return false;
	if (place->start > other->start)
		place->start = other->start;
	if (place->end < other->end)
		place->end = other->end;
	return true;
}

bool await_add(struct await *await, const struct operation *operation)
{
	struct await_place place = place_of(operation);

	if (place.sort == OP_OBJECT_NONE)
		return true;
	await->waits |= operation->op == OP_COND_WAIT;
	await->signals |= place.sort == OP_OBJECT_CONDITION &&
			  operation->op != OP_COND_WAIT;
	for (uint32_t i = 0; i < await->count; i++)
		if (unite(&await->places[i], &place))
			return true;
	if (await->count == AWAIT_PLACES_MAX ||
	    place.end - place.start > UINT32_MAX)
		return false;
	await->places[await->count++] = place;
	return true;
}

void await_pass(struct await *await, const struct operation *operation)
{
	await->passed |= bit_of(op_object(operation->op));
}

/* --- Filters */

#define GRANULES_MAX 64U

struct filter {
	uint64_t words[3];
};

static void filter_add(struct filter *filter, uint64_t key)
{
	for (unsigned i = 0; i < 2; i++) {
		uint64_t bit = (key >> (32 * i) & UINT32_MAX) % 192;

		filter->words[bit / 64] |= UINT64_C(1) << bit % 64;
	}
}

static bool filter_has(const struct filter *filter, uint64_t key)
{
	struct filter wanted = {{0}};

	filter_add(&wanted, key);
	for (unsigned i = 0; i < 3; i++)
		if (wanted.words[i] & ~filter->words[i])
			return false;
	return true;
}

static uint64_t granule_key(uint64_t granule)
{
	return hash_mix(granule, OP_OBJECT_MEMORY);
}

static uint64_t granules_of(const struct await_place *place)
{
	return (place->end - 1) / 8 - place->start / 8 + 1;
}

static void filter_add_place(struct filter *filter,
			     const struct await_place *place)
{
	if (place->sort != OP_OBJECT_MEMORY) {
		filter_add(filter, hash_mix(place->start, place->sort));
		return;
	}
	for (uint64_t i = 0; i < granules_of(place); i++)
		filter_add(filter, granule_key(place->start / 8 + i));
}

static bool filter_has_place(const struct filter *filter,
			     const struct await_place *place)
{
	if (place->sort != OP_OBJECT_MEMORY)
		return filter_has(filter, hash_mix(place->start, place->sort));
	if (granules_of(place) > GRANULES_MAX)
		return true;
	for (uint64_t i = 0; i < granules_of(place); i++)
		if (filter_has(filter, granule_key(place->start / 8 + i)))
			return true;
	return false;
}

/* --- As an operation */

static bool is_filter(const struct operation *await)
{
	return await->detail & IS_FILTER;
}

uint32_t await_steps(const struct operation *await)
{
	return (uint32_t)await->detail >> STEPS_SHIFT & AWAIT_STEPS_MAX;
}

bool await_ignores_waits(const struct operation *await)
{
	return await->detail & IGNORES_WAITS;
}

uintptr_t await_address(const struct operation *await)
{
	return is_filter(await) ? 0 : await->address;
}

static bool make_filter(const struct await *await, struct operation *operation)
{
	struct filter filter = {{0}};
	uint64_t granules = 0;

	for (uint32_t i = 0; i < await->count; i++) {
		granules += granules_of(&await->places[i]);
		if (granules > GRANULES_MAX)
			return false;
		filter_add_place(&filter, &await->places[i]);
	}
	operation->address = filter.words[0];
	operation->source = filter.words[1];
	/* A bit too many does no harm, and there is something to look at. */
	operation->bytes = filter.words[2] | 1;
	operation->detail |= IS_FILTER;
	return true;
}

bool await_make(const struct await *await, uintptr_t place,
		struct operation *ret_operation)
{
	const struct await_place *places = await->places;

	*ret_operation = (struct operation){
		.op = OP_AWAIT,
		.order = ORDER_PLAIN,
		.place = place,
		.detail =
			(int32_t)(await->passed | await->steps << STEPS_SHIFT),
	};
	if (await->waits && !await->signals)
		ret_operation->detail |= IGNORES_WAITS;
	if (await->count > PLACES_EXACT)
		return make_filter(await, ret_operation);
	if (await->count > 0) {
		ret_operation->address = places[0].start;
		ret_operation->bytes = places[0].end - places[0].start;
		ret_operation->detail |= (int32_t)places[0].sort;
	}
	if (await->count > 1) {
		ret_operation->source = places[1].start;
		ret_operation->bytes |= (places[1].end - places[1].start) << 32;
		ret_operation->detail |= (int32_t)places[1].sort << 8;
	}
	return true;
}

/* --- What it is in conflict with */

bool await_is_try(const struct operation *operation)
{
	const unsigned traits = op_traits[operation->op];

	return op_is_try((enum op)operation->op) ||
	       ((traits & OP_TRAIT_ACQUIRES) && (traits & OP_TRAIT_PASSES) &&
		(operation->alternatives & (WAIT_TIMED | WAIT_PASSED)));
}

static bool is_at(const struct operation *await, unsigned n,
		  const struct await_place *place)
{
	enum op_object sort =
		(enum op_object)((unsigned)await->detail >> (8 * n) & 0xff);
	uint64_t bytes = await->bytes >> (32 * n) & UINT32_MAX;
	uintptr_t start = n == 0 ? await->address : await->source;

	if (bytes == 0 || place->sort != sort)
		return false;
	return start < place->end && place->start < start + bytes;
}

/* Whether it could have found taken what a round takes and releases, or leaves
 * it otherwise than it was. */
static bool notices_passing(const struct operation *await,
			    const struct operation *part)
{
	return ((uint32_t)await->detail & bit_of(op_object(part->op))) &&
	       (!await_may_pass(part) || await_is_try(part));
}

bool await_has(const struct operation *await, const struct operation *part)
{
	const struct await_place place = place_of(part);

	if (notices_passing(await, part))
		return true;
	if (is_filter(await))
		return filter_has_place(
			&(struct filter){
				{await->address, await->source, await->bytes}},
			&place);
	return is_at(await, 0, &place) || is_at(await, 1, &place);
}
