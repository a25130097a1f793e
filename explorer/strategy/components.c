/*
 * Numbers for what states are made of. See components.h.
 */
#include "strategy/components.h"

#include <assert.h>

#include "base/memory.h"
#include "engine/dependence.h"
#include "engine/race.h"

/* A lock, or whatever else a thread waits at, is no larger. */
#define OBJECT_BYTES 64U

#define PAIRS ((size_t)COMPONENT_OPERATIONS * COMPONENT_OPERATIONS)

void components_fini(struct components *components)
{
	memory_free(components->at,
		    components->capacity * sizeof(*components->at));
	memory_free(components->rests,
		    components->rest_capacity * sizeof(*components->rests));
	map_fini(&components->known);
	map_fini(&components->rests_known);
	map_fini(&components->operations_known);
	if (components->pairs) {
		memory_free(components->operations,
			    COMPONENT_OPERATIONS *
				    sizeof(*components->operations));
		memory_free(components->pairs, PAIRS);
	}
	*components = (struct components){0};
}

/* --- Operations */

static uint64_t operation_key(const struct operation *operation)
{
	const uint64_t words[] = {operation->address, operation->source,
				  operation->place, operation->bytes,
				  operation->kind};

	return hash_bytes(words, sizeof(words), 5) | 1;
}

static uint32_t number_of(struct components *components,
			  const struct operation *operation)
{
	uint64_t *number = map_put(&components->operations_known,
				   operation_key(operation));

	if (!components->pairs) {
		components->pairs = memory_new(PAIRS);
		components->operations = memory_new(
			COMPONENT_OPERATIONS * sizeof(*components->operations));
		components->operation_count = 1;
	}
	if (*number == 0 &&
	    components->operation_count < COMPONENT_OPERATIONS) {
		*number = components->operation_count++;
		operation_copy(&components->operations[*number], operation);
	}
	return (uint32_t)*number;
}

/* Whether an access may change what makes the other possible. */
static bool meets(const struct operation *access, const struct operation *other)
{
	return operation_is_access(access) && !operation_is_access(other) &&
	       (ranges_overlap(access->address, access->bytes, other->address,
			       OBJECT_BYTES) ||
		ranges_overlap(access->address, access->bytes, other->source,
			       OBJECT_BYTES));
}

uint8_t components_learn_pair(struct components *components, uint32_t a,
			      uint32_t b, bool no_races)
{
	const struct operation *one = &components->operations[a];
	const struct operation *other = &components->operations[b];
	unsigned traits = PAIR_KNOWN;

	if (operations_conflict(one, other))
		traits |= PAIR_CONFLICTS;
	if (!no_races && operations_race(one, other))
		traits |= PAIR_IS_NEWS;
	if (meets(one, other) || meets(other, one))
		traits |= PAIR_MEETS;
	components->pairs[(size_t)a * COMPONENT_OPERATIONS + b] =
		(uint8_t)traits;
	components->pairs[(size_t)b * COMPONENT_OPERATIONS + a] =
		(uint8_t)traits;
	return (uint8_t)traits;
}

void components_see_pair(struct components *components, uint32_t a, uint32_t b)
{
	if (a == COMPONENT_NONE || b == COMPONENT_NONE)
		return;
	components->pairs[(size_t)a * COMPONENT_OPERATIONS + b] &=
		(uint8_t)~PAIR_IS_NEWS;
	components->pairs[(size_t)b * COMPONENT_OPERATIONS + a] &=
		(uint8_t)~PAIR_IS_NEWS;
}

/* --- Threads and the rest */

/* Our own code compares what an atomic store finds with what it stores. */
static bool takes_value(const struct operation *operation)
{
	return operation->op != OP_WRITE;
}

/* An access within one granule of visible memory, all of it visible, says so:
 * see struct operation. */
static void describe_access(struct component *component,
			    const struct operation *operation)
{
	component->is_access = true;
	component->takes = takes_value(operation);
	if (operation->detail <= 0 || operation->op == OP_COPY)
		return;
	component->granule = (uint32_t)operation->detail - 1;
	component->offset = (uint8_t)(operation->address % 8);
	component->bytes = (uint8_t)operation->bytes;
}

static uint64_t digest_key(struct digest digest)
{
	return (digest.low ^ digest.high << 1) | 1;
}

static bool is_same(struct digest a, struct digest b)
{
	return a.low == b.low && a.high == b.high;
}

uint32_t components_put(struct components *components, struct digest digest,
			const struct thread *thread, bool may_sleep)
{
	uint64_t *number = map_put(&components->known, digest_key(digest));
	struct component new = {
		.digest = digest,
		.is_detached = thread && thread->detached,
	};

	if (*number > 0)
		return is_same(components->at[*number].digest, digest)
			       ? (uint32_t)*number
			       : COMPONENT_NONE;
	if (thread && thread->state == THREAD_PENDING) {
		new.operation = number_of(components, &thread->pending);
		if (new.operation == COMPONENT_NONE)
			return COMPONENT_NONE;
		new.may_sleep = may_sleep;
		if (operation_is_access(&thread->pending))
			describe_access(&new, &thread->pending);
	}
	if (components->count == 0)
		components->count = 1;
	memory_reserve((void **)&components->at, &components->capacity,
		       components->count + 1, sizeof(*components->at));
	*number = components->count++;
	components->at[*number] = new;
	return (uint32_t)*number;
}

uint32_t components_put_number(struct components *components,
			       struct digest digest)
{
	return components_put(components, digest, NULL, 0);
}

uint32_t components_put_rest(struct components *components,
			     const struct rest *rest)
{
	struct digest digest = rest->sum;
	uint64_t *number;

	digest_toggle(&digest, rest->hidden);
	number = map_put(&components->rests_known, digest_key(digest));
	if (*number > 0)
		return is_same(components->rests[*number].sum, rest->sum)
			       ? (uint32_t)*number
			       : COMPONENT_NONE;
	if (components->rest_count == 0)
		components->rest_count = 1;
	memory_reserve((void **)&components->rests, &components->rest_capacity,
		       components->rest_count + 1, sizeof(*components->rests));
	*number = components->rest_count++;
	components->rests[*number] = *rest;
	return (uint32_t)*number;
}

uint64_t components_bytes(const struct components *components)
{
	return components->capacity * sizeof(*components->at) +
	       components->rest_capacity * sizeof(*components->rests) +
	       (components->known.capacity + components->rests_known.capacity) *
		       sizeof(struct map_entry) +
	       (components->pairs ? PAIRS : 0);
}
