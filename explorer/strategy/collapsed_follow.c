/*
 * Learning from steps that the program makes. See collapsed.h.
 */
#include "strategy/collapsed.h"

#include <assert.h>
#include <string.h>

#include "strategy/collapsed_parts.h"
#include "strategy/state_path.h"

/* So many steps are kept, and so many components: with more of these, it all
 * begins anew. */
#define STEPS_KEPT_MAX ((size_t)1 << 20)
#define COMPONENTS_MAX ((size_t)1 << 20)

/* After so many steps it is asked whether many of them were known: at first,
 * and again after a pause, which gets longer each time. */
#define LOOKS_FIRST ((uint32_t)1 << 15)
#define LOOKS_AGAIN ((uint32_t)1 << 13)

static void change_thread(struct collapsed *collapsed, uint32_t thread,
			  struct digest change)
{
	struct digest *sum = &collapsed->changes[thread];

	if (sum->low == 0 && sum->high == 0)
		collapsed->changed[collapsed->changed_count++] =
			(uint16_t)thread;
	digest_toggle(sum, change);
}

/* What has changed in a line, beside the bytes of the spot. */
struct line_change {
	const struct spot *spot; /* NULL: no bytes may have */
	struct rest *rest;
	bool is_beside;
};

/* The line is what it is in the program. */
static void follow_line(struct collapsed *collapsed, struct visible_line *line,
			struct line_change *change)
{
	const struct spot *spot = change->spot;
	uint8_t expected[LINE_BYTES];

	collapsed_note_line(collapsed, line);
	line_copy(expected, line->bytes);
	if (spot && spot->line == line)
		memcpy(expected + spot->offset, line->line + spot->offset,
		       spot->bytes);
	if (memcmp(expected, line->line, LINE_BYTES) != 0) {
		change->is_beside = true;
		digest_toggle(&change->rest->hidden,
			      collapsed_hidden_digest(line, line->bytes));
		digest_toggle(&change->rest->hidden,
			      collapsed_hidden_digest(line, line->line));
	}
	digest_toggle(&change->rest->sum, line->digest);
	line_copy(line->bytes, line->line);
	line->digest = shadow_line_digest(line->line);
	digest_toggle(&change->rest->sum, line->digest);
}

static void follow_changes(struct collapsed *collapsed,
			   const struct states *states,
			   const struct engine *engine,
			   struct line_change *lines)
{
	const struct shadow *shadow = states_shadow(states);

	for (size_t i = 0; i < shadow_change_count(shadow); i++) {
		struct shadow_change change = shadow_change(shadow, i);
		uintptr_t line = (uintptr_t)change.line;
		const uint64_t *number;
		uint32_t owner;

		if (change.digest.low == 0 && change.digest.high == 0)
			continue;
		number = map_get(&collapsed->line_numbers, line);
		if (number) {
			follow_line(collapsed, &collapsed->lines[*number - 1],
				    lines);
			continue;
		}
		owner = states_owner(states, engine, change.line);
		if (owner < THREADS_MAX &&
		    !lent_has(&engine->runtime->lent, line))
			change_thread(collapsed, owner, change.digest);
	}
}

/* The threads that have changed get their components. Returns false if one
 * cannot have any. */
static bool follow_threads(struct collapsed *collapsed,
			   const struct engine *engine, struct rest *rest)
{
	const struct runtime_state *state = &engine->runtime->state;
	bool have_all = true;

	collapsed_take_threads(collapsed, state);
	for (uint32_t i = 0; i < collapsed->changed_count; i++) {
		uint32_t thread = collapsed->changed[i];
		struct digest *change = &collapsed->changes[thread];
		struct digest digest = {0};

		if (collapsed->at[thread] != COMPONENT_NONE)
			digest = collapsed_component(collapsed, thread)->digest;
		digest_toggle(&digest, *change);
		digest_toggle(&rest->sum, *change);
		*change = (struct digest){0};
		collapsed_note_component(collapsed, thread);
		collapsed->at[thread] = components_put(
			&collapsed->components, digest, &state->threads[thread],
			state_path_may_sleep(&state->threads[thread]));
		have_all &= collapsed->at[thread] != COMPONENT_NONE;
	}
	return have_all;
}

/* The engine has looked whether the threads that have changed race with any
 * other. */
static void see_races(struct collapsed *collapsed)
{
	for (uint32_t i = 0; i < collapsed->changed_count; i++) {
		uint32_t thread = collapsed->changed[i];
		uint32_t operation =
			collapsed_component(collapsed, thread)->operation;

		for (uint32_t k = 0; k < collapsed->thread_count; k++) {
			uint32_t other =
				collapsed_component(collapsed, k)->operation;

			if (k == thread)
				continue;
			components_pair(&collapsed->components, operation,
					other, collapsed->no_races);
			components_see_pair(&collapsed->components, operation,
					    other);
		}
	}
}

/* Whether the step has changed nothing but what steps that are known may
 * change. */
static bool is_regular(const struct states *states, const struct engine *engine,
		       uint16_t thread, const struct line_change *lines)
{
	const struct runtime *runtime = engine->runtime;

	return lines->spot && !lines->is_beside &&
	       !(runtime->entangled & ENTANGLED) &&
	       runtime->state.threads[thread].section == SECTION_NONE &&
	       states_step_is_quiet(states);
}

/* Whether it concerns its thread alone. */
static bool is_local(const struct collapsed *collapsed,
		     const struct states *states, const struct engine *engine,
		     uint16_t number)
{
	const struct runtime *runtime = engine->runtime;

	return !runtime->entangled && states_step_is_alone(states) &&
	       runtime->state.threads[number].state == THREAD_PENDING &&
	       collapsed->changed_count <= 1 &&
	       (collapsed->changed_count == 0 ||
		collapsed->changed[0] == number);
}

/* Whether all that have changed are among those by whom a joint step is known:
 * none of the others was about to access anything. */
static bool may_be_joint(const struct collapsed *collapsed, uint16_t number,
			 size_t component_mark)
{
	for (size_t i = component_mark; i < collapsed->component_note_count;
	     i++) {
		const struct component_note *note =
			&collapsed->component_notes[i];
		const struct component *was =
			&collapsed->components.at[note->component];

		if (note->thread != number &&
		    (note->component == COMPONENT_NONE || was->is_access))
			return false;
	}
	return true;
}

static void toggle_component(const struct collapsed *collapsed,
			     struct digest *sum, uint32_t component)
{
	digest_toggle(sum, collapsed->components.at[component].digest);
}

/* The step, from the level below to the topmost, is added. */
static void add_step(struct collapsed *collapsed, struct local_step *step,
		     uint16_t thread, const struct spot *spot)
{
	collapsed_next_generation(collapsed);
	step->next = collapsed->at[thread];
	step->rest_next = collapsed->rest;
	step->put = spot_load(spot->line->bytes, spot);
	digest_toggle(&step->change,
		      collapsed->components.rests[step->rest].sum);
	digest_toggle(&step->change,
		      collapsed->components.rests[step->rest_next].sum);
	toggle_component(collapsed, &step->change, step->component);
	toggle_component(collapsed, &step->change, step->next);
	local_steps_add(&collapsed->steps, step);
}

static bool is_known(const struct collapsed *collapsed,
		     const struct local_step *step)
{
	return local_steps_find(&collapsed->steps, step->component, step->rest,
				step->taken, step->among) != NULL;
}

/* The same of a joint step, with a mark where it would stand if it were none.
 */
static void add_joint(struct collapsed *collapsed, struct local_step *step,
		      uint16_t thread, const struct spot *spot,
		      size_t component_mark)
{
	struct local_step mark = *step;

	mark.among = 0;
	if (!is_known(collapsed, &mark))
		local_steps_add(&collapsed->steps, &mark);
	step->other_first = collapsed->steps.other_count;
	for (size_t i = component_mark; i < collapsed->component_note_count;
	     i++) {
		const struct component_note *note =
			&collapsed->component_notes[i];

		if (note->thread == thread)
			continue;
		local_steps_add_other(&collapsed->steps,
				      collapsed->slots[note->thread],
				      collapsed->at[note->thread]);
		toggle_component(collapsed, &step->change, note->component);
		toggle_component(collapsed, &step->change,
				 collapsed->at[note->thread]);
		step->other_count++;
	}
	add_step(collapsed, step, thread, spot);
}

static void keep_step(struct collapsed *collapsed, const struct states *states,
		      const struct engine *engine, struct local_step *step,
		      uint16_t thread, const struct spot *spot)
{
	size_t mark = collapsed_top(collapsed)->component_mark;
	uint32_t others = step->among;

	if (collapsed->steps.count >= STEPS_KEPT_MAX)
		return;
	step->among = 0;
	if (is_local(collapsed, states, engine, thread)) {
		if (!is_known(collapsed, step))
			add_step(collapsed, step, thread, spot);
		return;
	}
	step->among = others;
	if (others != COMPONENT_NONE && !is_known(collapsed, step) &&
	    may_be_joint(collapsed, thread, mark))
		add_joint(collapsed, step, thread, spot, mark);
}

static void compare_candidates(const struct collapsed *collapsed,
			       const struct engine *engine)
{
	struct candidate candidates[CHOICES_MAX];
	uint32_t count = collapsed_candidates(collapsed, candidates);

	assert(count == engine->choice_count);
	for (uint32_t i = 0; i < count; i++)
		assert(candidates[i].choice.thread ==
			       engine->choices[i].thread &&
		       candidates[i].choice.alternative ==
			       engine->choices[i].alternative);
}

/* --paranoid: what was known is what the program has done. */
static void compare(const struct collapsed *collapsed,
		    const struct engine *engine, const struct local_step *known,
		    uint16_t thread, struct digest expected)
{
	const struct component *component =
		&collapsed->components.at[known->component];
	struct spot spot = spot_of(collapsed, component);

	assert(known->next == collapsed->at[thread]);
	assert(known->rest_next == collapsed->rest);
	assert(known->put == spot_load(spot.line->bytes, &spot));
	assert(expected.low == collapsed->digest.low);
	assert(expected.high == collapsed->digest.high);
	compare_candidates(collapsed, engine);
}

static bool is_worth_while(struct collapsed *collapsed)
{
	uint32_t looks = collapsed->last_pause > 0 ? LOOKS_AGAIN : LOOKS_FIRST;
	bool is_so = 2 * collapsed->recalled >= collapsed->made;

	if (collapsed->made + collapsed->recalled < looks)
		return true;
	collapsed->made = collapsed->recalled = 0;
	return is_so;
}

/* Parts that hardly recur are worth no memory. */
static bool is_too_large(const struct collapsed *collapsed)
{
	return collapsed->components.count > COMPONENTS_MAX ||
	       collapsed->components.rest_count > COMPONENTS_MAX;
}

void collapsed_see(struct collapsed *collapsed, const struct states *states,
		   const struct engine *engine, uint16_t thread,
		   const struct local_step *known, struct digest expected)
{
	struct collapsed_level *level;
	const struct component *component;
	struct local_step step;
	struct spot spot;
	struct line_change lines = {0};
	struct rest rest;

	if (!collapsed->on)
		return;
	if (collapsed->version != collapsed_version_of(engine) ||
	    is_too_large(collapsed)) {
		collapsed_forget(collapsed);
		return;
	}
	collapsed->made++;
	if (!is_worth_while(collapsed)) {
		collapsed_give_up(collapsed);
		return;
	}
	level = collapsed_add_level(collapsed, thread);
	if (engine->ended)
		return;
	component = collapsed_component(collapsed, thread);
	step = (struct local_step){.component = collapsed->at[thread],
				   .rest = collapsed->rest};
	if (component->bytes > 0) {
		spot = spot_of(collapsed, component);
		lines.spot = &spot;
		step.taken = component->takes
				     ? spot_load(spot.line->bytes, &spot)
				     : 0;
		step.among = collapsed_among(collapsed);
	}
	rest = collapsed->components.rests[collapsed->rest];
	lines.rest = &rest;
	collapsed->changed_count = 0;
	digest_toggle(&rest.sum, collapsed->digest);
	follow_changes(collapsed, states, engine, &lines);
	collapsed->digest = states_digest(states);
	digest_toggle(&rest.sum, collapsed->digest);
	if (!follow_threads(collapsed, engine, &rest)) {
		collapsed_give_up(collapsed);
		return;
	}
	collapsed->rest = components_put_rest(&collapsed->components, &rest);
	if (collapsed->rest == COMPONENT_NONE) {
		collapsed_give_up(collapsed);
		return;
	}
	see_races(collapsed);
	if (is_regular(states, engine, thread, &lines))
		keep_step(collapsed, states, engine, &step, thread, &spot);
	collapsed_list_others(collapsed, engine, level);
	collapsed_close_level(collapsed, level);
	/* What our own tables look up anew leaves other traces on the stack. */
	if (known && !(engine->runtime->entangled & ENTANGLED))
		compare(collapsed, engine, known, thread, expected);
}
