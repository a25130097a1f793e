/*
 * The path of a search over states. See state_path.h.
 */
#include "strategy/state_path.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "runtime/enabled.h"

/* Where the path is looked up by digest. */
#define HEADS 16384U

void state_path_init(struct search *search)
{
	search->heads = memory_new(HEADS * sizeof(*search->heads));
}

void state_path_fini(struct search *search)
{
	memory_free(search->heads, HEADS * sizeof(*search->heads));
	memory_free(search->frames, search->capacity * sizeof(*search->frames));
	memory_free(search->steps,
		    search->steps_capacity * sizeof(*search->steps));
}

void state_path_clear(struct search *search)
{
	memset(search->heads, 0, HEADS * sizeof(*search->heads));
	search->count = 0;
}

static uint32_t *head_of(struct search *search, struct digest digest)
{
	return &search->heads[digest.low % HEADS];
}

bool state_path_has(struct search *search, struct digest digest)
{
	for (uint32_t i = *head_of(search, digest); i > 0;
	     i = search->frames[i - 1].older) {
		const struct digest *known = &search->frames[i - 1].digest;

		if (known->low == digest.low && known->high == digest.high)
			return true;
	}
	return false;
}

struct frame *state_path_top(struct search *search)
{
	return search->count > 0 ? &search->frames[search->count - 1] : NULL;
}

bool state_path_may_sleep(const struct thread *thread)
{
	return thread->state == THREAD_PENDING &&
	       runtime_alternatives(thread) <= 1;
}

uint32_t state_path_candidates(struct search *search,
			       const struct engine *engine)
{
	for (uint32_t i = 0; i < engine->choice_count; i++) {
		struct choice choice = engine->choices[i];
		const struct thread *thread =
			&engine->runtime->state.threads[choice.thread];

		search->candidates[i] = (struct candidate){
			.choice = choice,
			.slot = (uint16_t)thread->slot,
			.may_sleep = state_path_may_sleep(thread),
		};
	}
	return engine->choice_count;
}

static void add_step(struct search *search, struct frame *frame,
		     const struct engine *engine,
		     const struct candidate *candidate)
{
	uint32_t cost = frame->cost;

	if (search->bound.kind != BOUND_NONE)
		cost += bound_cost(&search->bound, engine, candidate->choice);
	if (!bound_allows(&search->bound, cost)) {
		search->cut = true;
		return;
	}
	memory_reserve((void **)&search->steps, &search->steps_capacity,
		       frame->end + 1, sizeof(*search->steps));
	search->steps[frame->end++] = (struct search_step){
		.choice = candidate->choice,
		.slot = candidate->slot,
		.cost = cost,
	};
}

void state_path_push(struct search *search, const struct engine *engine,
		     const struct frame *what, uint32_t count)
{
	const struct frame *below = state_path_top(search);
	struct frame frame = *what;
	uint32_t *head = head_of(search, frame.digest);

	frame.first = frame.next = frame.end = below ? below->end : 0;
	frame.older = *head;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t place =
			search->flags & STATES_EAGER ? count - 1 - i : i;
		const struct candidate *candidate = &search->candidates[place];

		if (!candidate->may_sleep ||
		    !(frame.asleep & sleeper_bit(candidate->choice.thread)))
			add_step(search, &frame, engine, candidate);
	}
	memory_reserve((void **)&search->frames, &search->capacity,
		       search->count + 1, sizeof(*search->frames));
	assert(search->frames);
	search->frames[search->count++] = frame;
	*head = (uint32_t)search->count;
}

void state_path_pop(struct search *search)
{
	const struct frame *frame = state_path_top(search);

	*head_of(search, frame->digest) = frame->older;
	search->count--;
}
