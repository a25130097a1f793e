/*
 * Signatures of executions. See epoch_memo.h.
 */
#include "engine/epoch_memo.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "engine/dependence.h"
#include "engine/engine.h"
#include "engine/epoch_access.h"
#include "engine/epoch_state.h"

/* After so many executions that were not known, or so many events of theirs, it
 * is judged whether this is worth while. */
#define TRIAL	     512U
#define TRIAL_EVENTS (UINT64_C(1) << 16)
/* It is not if fewer than one in so many were known. */
#define WORTH 8U

void epoch_memo_clear(struct epoch_memo *memo)
{
	memo->off = false;
	memo->hits = 0;
	memo->misses = 0;
	memo->missed_events = 0;
	memo->valid = 0;
	memo->has_start = false;
	memset(memo->classes, 0, sizeof(memo->classes));
	memset(memo->known, 0, sizeof(memo->known));
}

/* --- What synchronises */

static void mix(struct epoch_prefix *now, uint64_t word)
{
	now->signature = hash_mix(now->signature, word);
}

static void end_set(struct epoch_prefix *now)
{
	mix(now, now->set);
	now->set = 0;
}

static void add_create(struct epoch_prefix *now, const struct thread *thread)
{
	now->silent++;
	end_set(now);
	mix(now, (uint64_t)thread->creator << 32 | thread->number);
	mix(now, thread->creator_fences);
}

static void add_join(struct epoch_prefix *now, const struct thread *thread)
{
	now->silent++;
	end_set(now);
	mix(now, (uint64_t)thread->joined_by << 32 | thread->number);
	mix(now, (uint64_t)1 << 32 | thread->fences);
}

/* Takes in the creates and joins that came before the event. Returns before
 * which event, or a later one, there may be another. */
static size_t add_silent(struct epoch_prefix *now,
			 const struct runtime_state *state, size_t event)
{
	struct epoch_silent silent;

	while (epoch_find_silent(state, now->silent, &silent)) {
		if (silent.at > event)
			return silent.at;
		if (silent.is_join)
			add_join(now, silent.thread);
		else
			add_create(now, silent.thread);
	}
	return SIZE_MAX;
}

/* --- Events */

static bool is_plain(const struct performed *performed)
{
	const struct operation *operation = &performed->operation;

	return (operation->op == OP_READ || operation->op == OP_WRITE) &&
	       operation->detail > 0 && !performed->fences;
}

/* Whether the event has anything to do with races: as epoch.c has it. */
static bool counts(const struct performed *performed)
{
	enum op op = (enum op)performed->operation.op;

	return performed->fences || op == OP_BARRIER_ARRIVE ||
	       op == OP_BARRIER_LEAVE ||
	       (op_traits[op] &
		(OP_TRAIT_ACCESS | OP_TRAIT_ACQUIRES | OP_TRAIT_RELEASES));
}

/* An event that has to stand where it stands. */
static void add_event(struct epoch_prefix *now,
		      const struct performed *performed)
{
	const struct operation *operation = &performed->operation;

	/* One sum of all, each times another odd number: what is mixed must be
	 * gone through one after the other. */
	uint64_t all = operation->place * 0x9e3779b97f4a7c15U +
		       operation->address * 0xc2b2ae3d27d4eb4fU +
		       operation->source * 0x165667b19e3779f9U +
		       operation->bytes * 0xd6e8feb86659fd93U +
		       operation->kind * 0xff51afd7ed558ccdU +
		       ((uint64_t)performed->choice.thread << 32 |
			(uint64_t)performed->fences << 8 | performed->failed) *
			       0xc4ceb9fe1a85ec53U +
		       performed->cause * 0x94d049bb133111ebU;

	end_set(now);
	mix(now, all);
}

/* The thread of a step, and what there is to say of it besides the operation,
 * in a word. */
static inline uint64_t step_word(const struct performed *performed)
{
	uint64_t word;

	_Static_assert(offsetof(struct performed, announced) + 1 -
				       offsetof(struct performed, choice) ==
			       sizeof(word),
		       "from its choice to what was announced");
	__builtin_memcpy(&word, &performed->choice, sizeof(word));
	return word;
}

/* Its class has no number: another one has that. */
static bool has_class(struct epoch_class *class,
		      const struct performed *performed)
{
	const struct operation *operation = &performed->operation;

	if (class->place || !is_plain(performed))
		return false;
	class->place = operation->place;
	class->address = operation->address;
	class->bytes = operation->bytes;
	class->kind = operation->kind;
	class->step = step_word(performed);
	return true;
}

static inline void take_in(struct epoch_memo *memo, struct epoch_prefix *now,
			   const struct performed *performed)
{
	const struct operation *operation = &performed->operation;
	uint32_t number = epoch_slot(performed);
	struct epoch_class *class = &memo->classes[number];
	uint64_t differs = (class->place ^ operation->place) |
			   (class->address ^ operation->address) |
			   (class->bytes ^ operation->bytes) |
			   (class->kind ^ operation->kind) |
			   (class->step ^ step_word(performed));

	if (!differs || has_class(class, performed))
		now->set |= (uint64_t)1 << number;
	else if (counts(performed))
		add_event(now, performed);
}

/* Word by word: see struct operation. */
static inline void keep_prefix(struct epoch_prefix *prefix,
			       const struct epoch_prefix *now)
{
	prefix->signature = now->signature;
	prefix->set = now->set;
	prefix->silent = now->silent;
}

static const struct epoch_prefix *start_of(struct epoch_memo *memo,
					   const struct runtime_state *state)
{
	if (!memo->has_start) {
		memo->start = (struct epoch_prefix){0};
		add_silent(&memo->start, state, 0);
		memo->has_start = true;
	}
	return &memo->start;
}

static uint64_t signature_of(struct engine *engine)
{
	struct epoch_memo *memo = &engine->epochs.memo;
	struct epoch_prefix now;
	bool keeps = engine->epochs.rewinds;

	if (keeps)
		memory_reserve((void **)&memo->prefixes, &memo->capacity,
			       engine->depth + 1, sizeof(*memo->prefixes));
	if (keeps && memo->valid > 0) {
		now = memo->prefixes[memo->valid];
	} else {
		now = *start_of(memo, &engine->runtime->state);
		memo->valid = 0;
	}
	for (size_t event = memo->valid; event < engine->depth;) {
		size_t end = add_silent(&now, &engine->runtime->state, event);

		if (end > engine->depth)
			end = engine->depth;
		for (; event < end; event++) {
			if (keeps)
				keep_prefix(&memo->prefixes[event], &now);
			take_in(memo, &now, &engine->log[event]);
		}
	}
	if (keeps) {
		memo->prefixes[engine->depth] = now;
		memo->valid = engine->depth;
	}
	end_set(&now);
	return now.signature;
}

/* --- What is known */

static struct epoch_known *known_at(struct epoch_memo *memo, uint64_t signature)
{
	return &memo->known[signature % EPOCH_KNOWN];
}

static void miss(struct epoch_memo *memo, size_t events)
{
	memo->misses++;
	memo->missed_events += events;
	memo->off = (memo->misses >= TRIAL ||
		     memo->missed_events >= TRIAL_EVENTS) &&
		    memo->hits < memo->misses / WORTH;
}

bool epoch_memo_knows(struct engine *engine)
{
	struct epoch_memo *memo = &engine->epochs.memo;
	const struct epoch_known *known;

	if (memo->off)
		return false;
	memo->signature = signature_of(engine);
	known = known_at(memo, memo->signature);
	if (!known->is_known || known->signature != memo->signature) {
		miss(memo, engine->depth);
		return false;
	}
	memo->hits++;
	for (uint32_t i = 0; i < known->count; i++)
		findings_see_again(&engine->findings, known->races[i],
				   engine->depth);
	return true;
}

void epoch_memo_learn(struct engine *engine)
{
	const struct epochs *epochs = &engine->epochs;
	struct epoch_memo *memo = &engine->epochs.memo;
	struct epoch_known *known = known_at(memo, memo->signature);

	if (memo->off || epochs->race_count > EPOCH_KNOWN_RACES)
		return;
	known->signature = memo->signature;
	known->is_known = true;
	known->count = (uint32_t)epochs->race_count;
	for (size_t i = 0; i < epochs->race_count; i++)
		known->races[i] = epochs->races[i].finding;
}
