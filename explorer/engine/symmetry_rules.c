/*
 * What threads that are to be alike must not do. See symmetry_rules.h.
 */
#include "engine/symmetry_rules.h"

#include "base/hash.h"
#include "base/memory.h"
#include "engine/dependence.h"
#include "world/stacks.h"

/* A member's, by which its private accesses are known. */
struct member_context {
	uint32_t context;
	uint64_t group;
};

void symmetry_rules_fini(struct symmetry_rules *rules)
{
	map_fini(&rules->ids);
	map_fini(&rules->values);
	map_fini(&rules->noticed);
	memory_free(rules->contexts,
		    rules->context_capacity * sizeof(*rules->contexts));
}

void symmetry_rules_begin(struct symmetry_rules *rules, struct runtime *runtime)
{
	rules->runtime = runtime;
	map_clear(&rules->ids);
}

/* --- Groups */

uint64_t symmetry_group(const struct runtime_state *state,
			const struct thread *thread)
{
	uint64_t what[] = {state->threads[thread->creator].slot,
			   (uintptr_t)thread->start,
			   (uintptr_t)thread->argument, thread->returns_int};

	return hash_bytes(what, sizeof(what), 1) | 1;
}

static bool are_alike(const struct runtime_state *state, uint32_t a, uint32_t b)
{
	const struct thread *one = &state->threads[a];
	const struct thread *other = &state->threads[b];

	return one->creator == other->creator && one->start == other->start &&
	       one->argument == other->argument &&
	       one->returns_int == other->returns_int;
}

static bool may_be_member(const struct thread *thread)
{
	return thread->slot > 0 && thread->slot < SYMMETRY_SLOTS &&
	       !thread->joined;
}

uint32_t symmetry_members(const struct runtime_state *state)
{
	uint32_t members = 0;

	for (uint32_t a = 1; a < state->count; a++)
		for (uint32_t b = 1; b < a; b++)
			if (may_be_member(&state->threads[a]) &&
			    may_be_member(&state->threads[b]) &&
			    are_alike(state, a, b))
				members |=
					UINT32_C(1) << state->threads[a].slot |
					UINT32_C(1) << state->threads[b].slot;
	return members;
}

/* --- What they do */

/* Whether all that the operation leaves behind is in memory that all share, in
 * its thread, or in the list of locks that are held. */
static bool is_understood(const struct operation *operation)
{
	enum op op = (enum op)operation->op;

	switch (op_object(op)) {
	case OP_OBJECT_NONE:
	case OP_OBJECT_MEMORY:
	case OP_OBJECT_DESCRIPTOR:
	case OP_OBJECT_RANDOM:
	case OP_OBJECT_SEMAPHORE:
	case OP_OBJECT_BARRIER:
	case OP_OBJECT_RWLOCK:
	case OP_OBJECT_SPIN_LOCK:
	case OP_OBJECT_ONCE:
		return !op_varies(op);
	case OP_OBJECT_MUTEX:
		return !op_varies(op) || op == OP_COND_REACQUIRE;
	case OP_OBJECT_CONDITION:
		return !op_varies(op) || op == OP_COND_SIGNAL;
	case OP_OBJECT_THREAD:
		return op == OP_JOIN;
	case OP_OBJECT_CLOCK:
	case OP_OBJECT_KEY:
	case OP_OBJECT_NAME:
	case OP_OBJECT_FUTEX:
	case OP_OBJECT_UNKNOWN:
		break;
	}
	return false;
}

/* A member has been joined, others of its time have not: until they are, who
 * joined it does nothing but join them. */
static bool joins_on(const struct runtime_state *state, uint32_t joined)
{
	const struct thread *member = &state->threads[joined];
	const struct thread *who = &state->threads[member->joined_by];

	if (who->state != THREAD_JOINING ||
	    state->threads[who->joining].joined ||
	    !are_alike(state, joined, who->joining))
		return false;
	for (uint32_t i = 1; i < state->count; i++)
		if (state->threads[i].created_nth > member->joined_nth)
			return false;
	return true;
}

static enum asymmetry check_pair(const struct runtime_state *state, uint32_t a,
				 uint32_t b)
{
	const struct thread *one = &state->threads[a];
	const struct thread *other = &state->threads[b];

	if (one->children > 0 || other->children > 0)
		return ASYMMETRY_CREATES;
	if (one->slot >= SYMMETRY_SLOTS || other->slot >= SYMMETRY_SLOTS)
		return ASYMMETRY_MANY;
	if (one->detached != other->detached)
		return ASYMMETRY_JOINS;
	if (one->joined && !other->joined &&
	    other->created_nth < one->joined_nth && !joins_on(state, a))
		return ASYMMETRY_JOINS;
	return ASYMMETRY_NONE;
}

/* Whoever waits for them is told the same, whichever it is. */
static enum asymmetry check_value(struct symmetry_rules *rules,
				  const struct runtime_state *state,
				  const struct thread *member)
{
	uint64_t value = (uintptr_t)member->value + 1;
	uint64_t *known;

	if (member->state != THREAD_ENDED || member->detached)
		return ASYMMETRY_NONE;
	known = map_put(&rules->values, symmetry_group(state, member));
	if (*known == 0)
		*known = value;
	return *known == value ? ASYMMETRY_NONE : ASYMMETRY_VALUES;
}

static void note_context(struct symmetry_rules *rules,
			 const struct runtime_state *state,
			 const struct thread *member)
{
	uint64_t *noticed = map_put(&rules->noticed, member->context + 1);

	if (*noticed)
		return;
	*noticed = 1;
	memory_reserve((void **)&rules->contexts, &rules->context_capacity,
		       rules->context_count + 1, sizeof(*rules->contexts));
	rules->contexts[rules->context_count++] =
		(struct member_context){.context = member->context,
					.group = symmetry_group(state, member)};
}

void symmetry_rules_note_id(struct symmetry_rules *rules, uintptr_t address)
{
	*map_put(&rules->ids, address / 8) = 1;
}

/* A member reads or writes where an id lies, atomically: other accesses are
 * known by whom memory was touched. */
static bool looks_at_id(const struct symmetry_rules *rules,
			const struct operation *operation)
{
	uintptr_t end = operation->address + operation->bytes;

	if (!operation_is_access(operation))
		return false;
	for (uintptr_t granule = operation->address / 8;
	     granule * 8 < end && operation->bytes <= 64; granule++)
		if (map_get(&rules->ids, granule))
			return true;
	return false;
}

static enum asymmetry check_thread(struct symmetry_rules *rules,
				   const struct runtime_state *state,
				   const struct thread *thread, bool is_member)
{
	if (thread->state == THREAD_PENDING && !is_understood(&thread->pending))
		return ASYMMETRY_OPERATION;
	if (!is_member)
		return ASYMMETRY_NONE;
	if (thread->state == THREAD_PENDING &&
	    looks_at_id(rules, &thread->pending))
		return ASYMMETRY_IDS;
	note_context(rules, state, thread);
	return check_value(rules, state, thread);
}

/* Whether any other thread, joined or not, could have been it. */
static bool has_likes(struct symmetry_rules *rules,
		      const struct runtime_state *state, uint32_t number)
{
	bool has = false;

	if (number == 0)
		return false;
	for (uint32_t i = 1; i < state->count; i++) {
		enum asymmetry found;

		if (i == number || !are_alike(state, i, number))
			continue;
		has = true;
		found = check_pair(state, number, i);
		if (found != ASYMMETRY_NONE)
			rules->found = found;
	}
	return has;
}

/* The program has asked for bytes of a thread's stack to be watched. */
static bool watches_stack(const struct runtime_state *state)
{
	for (uint32_t i = 0; i < state->asked_count; i++) {
		uint64_t slot = stacks_slot((uintptr_t)state->asked[i].start);

		if (slot > 0 && slot < LAYOUT_SLOTS)
			return true;
	}
	return false;
}

enum asymmetry symmetry_rules_check(struct symmetry_rules *rules,
				    const struct engine *engine)
{
	const struct runtime *runtime = engine->runtime;
	const struct runtime_state *state = &runtime->state;
	bool any = false;

	if (rules->found != ASYMMETRY_NONE)
		return rules->found;
	for (uint32_t i = 1; i < state->count; i++)
		any |= has_likes(rules, state, i);
	if (!any)
		return ASYMMETRY_NONE;
	if (runtime->world.tls.separate)
		rules->found = ASYMMETRY_STORAGE;
	if (runtime->selves_asked)
		rules->found = ASYMMETRY_SELF;
	if (watches_stack(state))
		rules->found = ASYMMETRY_IDS;
	for (uint32_t i = 0; i < state->count; i++) {
		enum asymmetry found =
			check_thread(rules, state, &state->threads[i],
				     has_likes(rules, state, i));

		if (found != ASYMMETRY_NONE)
			rules->found = found;
	}
	return rules->found;
}

/* --- What they touch */

static bool touches_ids(const struct symmetry_rules *rules, uint64_t granule)
{
	const struct runtime *runtime = rules->runtime;

	if (visible_mask(&runtime->visible, granule, UINT8_MAX))
		return true;
	for (size_t i = 0; i < rules->context_count; i++)
		if (touches_have(&runtime->touches, rules->contexts[i].context,
				 granule))
			return true;
	return false;
}

void symmetry_rules_learn(struct symmetry_rules *rules)
{
	struct touches *touches = &rules->runtime->touches;

	for (size_t a = 0; a < rules->context_count; a++)
		for (size_t b = 0; b < rules->context_count; b++)
			if (a != b && rules->contexts[a].group ==
					      rules->contexts[b].group)
				touches_mirror(touches,
					       rules->contexts[a].context,
					       rules->contexts[b].context);
	for (size_t i = 0; i < rules->ids.capacity; i++)
		if (rules->ids.entries[i].key &&
		    touches_ids(rules, rules->ids.entries[i].key))
			rules->found = ASYMMETRY_IDS;
}
