/*
 * Where a search is, by components. See collapsed.h.
 */
#include "strategy/collapsed.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "strategy/state_path.h"
#include "world/stacks.h"

/* So many lines with visible bytes are followed, and so many steps kept. */
#define LINES_FOLLOWED_MAX ((size_t)1 << 14)
#define STEPS_KEPT_MAX	   ((size_t)1 << 20)

/* After so many steps it is asked whether many of them were known: at first,
 * and again after a pause, which gets longer each time. */
#define LOOKS_FIRST ((uint32_t)1 << 15)
#define LOOKS_AGAIN ((uint32_t)1 << 13)
#define PAUSE_MIN   ((uint32_t)1 << 17)
#define PAUSE_MAX   ((uint32_t)1 << 24)

/* Tells digests of the hidden bytes of a line from those of the line. */
#define KEY_HIDDEN (UINT64_C(1) << 62)

struct collapsed_level {
	struct digest digest;
	uint32_t rest;
	uint32_t thread_count;
	size_t component_mark;
	size_t line_mark;
	size_t other_first;
	size_t other_end;
	uint16_t last; /* thread that moved */
	bool is_mixed; /* some are about to do something else than an access */
};

/* What was there before. */
struct component_note {
	uint32_t thread;
	uint32_t component;
};
struct line_note {
	struct visible_line *line;
	struct digest digest;
	uint8_t bytes[LINE_BYTES];
};

void collapsed_init(struct collapsed *collapsed)
{
	*collapsed = (struct collapsed){.generation = 1};
}

/* What was recalled may not be so any more. */
static void next_generation(struct collapsed *collapsed)
{
	if (++collapsed->generation == 0)
		collapsed->generation = 1;
}

void collapsed_leave(struct collapsed *collapsed)
{
	collapsed->on = false;
	next_generation(collapsed);
	collapsed->level_count = 0;
	collapsed->other_count = 0;
	collapsed->component_note_count = 0;
	collapsed->line_note_count = 0;
}

void collapsed_forget(struct collapsed *collapsed)
{
	collapsed_leave(collapsed);
	components_fini(&collapsed->components);
	local_steps_fini(&collapsed->steps);
	map_clear(&collapsed->line_numbers);
	collapsed->line_count = 0;
	collapsed->granule_count = 0;
	collapsed->version = 0;
}

void collapsed_fini(struct collapsed *collapsed)
{
	collapsed_forget(collapsed);
	map_fini(&collapsed->line_numbers);
#define FREE(array, capacity)                                                  \
	memory_free(collapsed->array,                                          \
		    collapsed->capacity * sizeof(*collapsed->array))
	FREE(lines, line_capacity);
	FREE(granule_places, granule_capacity);
	FREE(others, other_capacity);
	FREE(levels, level_capacity);
	FREE(component_notes, component_note_capacity);
	FREE(line_notes, line_note_capacity);
#undef FREE
	collapsed_init(collapsed);
}

static struct collapsed_level *top_of(const struct collapsed *collapsed)
{
	return &collapsed->levels[collapsed->level_count - 1];
}

static struct component *component_of(const struct collapsed *collapsed,
				      uint32_t thread)
{
	return &collapsed->components.at[collapsed->at[thread]];
}

/* --- Lines with visible bytes */

static uint64_t version_of(const struct engine *engine)
{
	const struct runtime *runtime = engine->runtime;

	return 1 + hash_mix(hash_mix(runtime->visible.count,
				     runtime->visible.pending_left),
			    runtime->lent.lines.count) /
			   2;
}

static struct digest hidden_digest(const struct visible_line *line,
				   const uint8_t *bytes)
{
	uint8_t hidden[LINE_BYTES];

	for (size_t i = 0; i < LINE_BYTES; i++)
		hidden[i] = bytes[i] & (uint8_t)~line->mask[i];
	return hash_line(hidden, (uintptr_t)line->line | KEY_HIDDEN);
}

static struct visible_line *line_at(struct collapsed *collapsed,
				    uintptr_t address)
{
	uint64_t *number = map_put(&collapsed->line_numbers, address);

	if (*number > 0)
		return &collapsed->lines[*number - 1];
	memory_reserve((void **)&collapsed->lines, &collapsed->line_capacity,
		       collapsed->line_count + 1, sizeof(*collapsed->lines));
	*number = collapsed->line_count + 1;
	collapsed->lines[collapsed->line_count++] =
		(struct visible_line){.line = (uint8_t *)address};
	return &collapsed->lines[*number - 1];
}

static void add_granule(struct collapsed *collapsed,
			const struct visible_granule *granule)
{
	uintptr_t address = granule->address * 8;
	size_t offset = address % LINE_BYTES;
	struct visible_line *line = line_at(collapsed, address - offset);

	for (size_t i = 0; i < 8; i++)
		if (granule->mask >> i & 1)
			line->mask[offset + i] = 0xff;
	memory_reserve((void **)&collapsed->granule_places,
		       &collapsed->granule_capacity,
		       collapsed->granule_count + 1,
		       sizeof(*collapsed->granule_places));
	collapsed->granule_places[collapsed->granule_count++] =
		(uint32_t)((size_t)(line - collapsed->lines) * LINE_BYTES +
			   offset);
}

/* Which lines there are. Nothing is known any more if that has changed. */
static void learn_lines(struct collapsed *collapsed,
			const struct engine *engine)
{
	const struct visible *visible = &engine->runtime->visible;
	uint64_t version = version_of(engine);

	if (collapsed->version == version)
		return;
	collapsed_forget(collapsed);
	collapsed->version = version;
	for (size_t i = 0; i < visible->count; i++)
		add_granule(collapsed, &visible->granules[i]);
}

/* --- Levels */

static void note_component(struct collapsed *collapsed, uint32_t thread)
{
	memory_reserve((void **)&collapsed->component_notes,
		       &collapsed->component_note_capacity,
		       collapsed->component_note_count + 1,
		       sizeof(*collapsed->component_notes));
	collapsed->component_notes[collapsed->component_note_count++] =
		(struct component_note){thread, collapsed->at[thread]};
}

static void note_line(struct collapsed *collapsed, struct visible_line *line)
{
	struct line_note *note;

	memory_reserve(
		(void **)&collapsed->line_notes, &collapsed->line_note_capacity,
		collapsed->line_note_count + 1, sizeof(*collapsed->line_notes));
	note = &collapsed->line_notes[collapsed->line_note_count++];
	note->line = line;
	note->digest = line->digest;
	line_copy(note->bytes, line->bytes);
}

static struct collapsed_level *add_level(struct collapsed *collapsed,
					 uint16_t last)
{
	struct collapsed_level *level;

	memory_reserve((void **)&collapsed->levels, &collapsed->level_capacity,
		       collapsed->level_count + 1, sizeof(*collapsed->levels));
	level = &collapsed->levels[collapsed->level_count++];
	*level = (struct collapsed_level){
		.component_mark = collapsed->component_note_count,
		.line_mark = collapsed->line_note_count,
		.last = last,
	};
	return level;
}

/* The level is what the state is now. */
static void close_level(const struct collapsed *collapsed,
			struct collapsed_level *level)
{
	level->digest = collapsed->digest;
	level->rest = collapsed->rest;
	level->thread_count = collapsed->thread_count;
}

void collapsed_back(struct collapsed *collapsed)
{
	const struct collapsed_level *level;

	if (!collapsed->on)
		return;
	level = top_of(collapsed);
	while (collapsed->component_note_count > level->component_mark) {
		const struct component_note *note =
			&collapsed->component_notes
				 [--collapsed->component_note_count];

		collapsed->at[note->thread] = note->component;
	}
	while (collapsed->line_note_count > level->line_mark) {
		const struct line_note *note =
			&collapsed->line_notes[--collapsed->line_note_count];

		note->line->digest = note->digest;
		line_copy(note->line->bytes, note->bytes);
	}
	if (--collapsed->level_count == 0) {
		collapsed_leave(collapsed);
		return;
	}
	level = top_of(collapsed);
	collapsed->other_count = level->other_end;
	collapsed->digest = level->digest;
	collapsed->rest = level->rest;
	collapsed->thread_count = level->thread_count;
}

/* --- What is possible */

static void add_other(struct collapsed *collapsed, const struct engine *engine,
		      struct choice choice)
{
	memory_reserve((void **)&collapsed->others, &collapsed->other_capacity,
		       collapsed->other_count + 1, sizeof(*collapsed->others));
	collapsed->others[collapsed->other_count++] = (struct candidate){
		.choice = choice,
		.slot = collapsed->slots[choice.thread],
		.sleeper = state_path_sleeper(engine, choice.thread),
	};
}

/* As the engine says, which is there. */
static void list_others(struct collapsed *collapsed,
			const struct engine *engine,
			struct collapsed_level *level)
{
	level->other_first = collapsed->other_count;
	for (uint32_t i = 0; i < engine->choice_count; i++)
		if (!component_of(collapsed, engine->choices[i].thread)
			     ->is_access)
			add_other(collapsed, engine, engine->choices[i]);
	level->other_end = collapsed->other_count;
	for (uint32_t i = 0; i < collapsed->thread_count; i++) {
		const struct component *component = component_of(collapsed, i);

		level->is_mixed |= component->operation != COMPONENT_NONE &&
				   !component->is_access;
	}
}

static uint32_t add_candidates(const struct collapsed *collapsed,
			       uint32_t thread, struct candidate *candidates,
			       uint32_t count)
{
	const struct collapsed_level *level = top_of(collapsed);
	const struct component *component = component_of(collapsed, thread);

	if (component->is_access && count < CHOICES_MAX)
		candidates[count++] = (struct candidate){
			.choice = choice_of(thread, 0),
			.slot = collapsed->slots[thread],
			.sleeper = component->sleeper,
		};
	if (component->is_access || component->operation == COMPONENT_NONE)
		return count;
	for (size_t i = level->other_first; i < level->other_end; i++)
		if (collapsed->others[i].choice.thread == thread &&
		    count < CHOICES_MAX)
			candidates[count++] = collapsed->others[i];
	return count;
}

uint32_t collapsed_candidates(const struct collapsed *collapsed,
			      struct candidate *ret_candidates)
{
	uint16_t last = top_of(collapsed)->last;
	uint32_t count = add_candidates(collapsed, last, ret_candidates, 0);

	for (uint32_t i = 0; i < collapsed->thread_count; i++)
		if (i != last)
			count = add_candidates(collapsed, i, ret_candidates,
					       count);
	return count;
}

uint32_t collapsed_alive(const struct collapsed *collapsed)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < collapsed->thread_count; i++)
		count += !component_of(collapsed, i)->has_ended;
	return count;
}

uint32_t collapsed_independent(struct collapsed *collapsed, uint32_t asleep,
			       uint16_t thread)
{
	uint32_t operation = component_of(collapsed, thread)->operation;
	uint32_t left = 0;

	if (!asleep)
		return 0;
	for (uint32_t i = 0; i < collapsed->thread_count; i++) {
		const struct component *component = component_of(collapsed, i);

		if (component->sleeper & asleep && i != thread &&
		    !(components_pair(&collapsed->components,
				      component->operation, operation,
				      collapsed->no_races) &
		      PAIR_CONFLICTS))
			left |= component->sleeper;
	}
	return left;
}

/* --- Steps that are known */

/* Where a thread's access lies. */
struct spot {
	struct visible_line *line;
	size_t offset;
	size_t bytes;
};

static struct spot spot_of(const struct collapsed *collapsed,
			   const struct component *component)
{
	uint32_t place = collapsed->granule_places[component->granule];

	return (struct spot){
		.line = &collapsed->lines[place / LINE_BYTES],
		.offset = place % LINE_BYTES + component->offset,
		.bytes = component->bytes,
	};
}

static uint64_t load(const uint8_t *line, const struct spot *spot)
{
	uint64_t value = 0;

	memcpy(&value, line + spot->offset, spot->bytes);
	return value;
}

/* A number for how all threads are that are about to access nothing, and for
 * who the others are. COMPONENT_NONE: not all of these wait or have ended. */
static uint32_t among(struct collapsed *collapsed)
{
	struct digest sum = {1, 1};

	if (top_of(collapsed)->is_mixed)
		return COMPONENT_NONE;
	for (uint32_t i = 0; i < collapsed->thread_count; i++) {
		uint64_t key = (uint64_t)collapsed->slots[i] << 32;

		if (!component_of(collapsed, i)->is_access)
			key |= collapsed->at[i];
		digest_toggle(&sum, (struct digest){hash_mix(key, 11),
						    hash_mix(key, 12)});
	}
	return components_put_number(&collapsed->components, sum);
}

static const struct local_step *find_step(struct collapsed *collapsed,
					  uint16_t thread, uint64_t taken)
{
	const struct local_step *step =
		local_steps_find(&collapsed->steps, collapsed->at[thread],
				 collapsed->rest, taken, 0);
	uint32_t others;

	if (!step || step->next != COMPONENT_NONE)
		return step;
	others = among(collapsed);
	return others == COMPONENT_NONE
		       ? NULL
		       : local_steps_find(&collapsed->steps,
					  collapsed->at[thread],
					  collapsed->rest, taken, others);
}

/* What is possible for others might change by it. */
static bool meets_others(struct collapsed *collapsed, uint16_t thread,
			 const struct local_step *step)
{
	uint32_t operation = component_of(collapsed, thread)->operation;

	if (!top_of(collapsed)->is_mixed)
		return false;
	if (step->rest_next != step->rest)
		return true;
	for (uint32_t i = 0; i < collapsed->thread_count; i++)
		if (i != thread &&
		    components_pair(&collapsed->components,
				    component_of(collapsed, i)->operation,
				    operation, collapsed->no_races) &
			    PAIR_MEETS)
			return true;
	return false;
}

static struct digest line_digest(const struct visible_line *line,
				 const uint8_t *bytes)
{
	struct digest nothing = {0};

	return line_is_zero(bytes) ? nothing
				   : hash_line(bytes, (uintptr_t)line->line);
}

/* What the step makes of the line that it accesses. */
static struct digest changed_line(const struct spot *spot,
				  const struct local_step *step,
				  uint8_t *ret_bytes)
{
	line_copy(ret_bytes, spot->line->bytes);
	memcpy(ret_bytes + spot->offset, &step->put, spot->bytes);
	return line_digest(spot->line, ret_bytes);
}

const struct local_step *collapsed_recall(struct collapsed *collapsed,
					  uint16_t thread,
					  struct digest *ret_digest)
{
	const struct component *component;
	const struct local_step *step;
	uint8_t bytes[LINE_BYTES];
	struct spot spot;
	uint64_t value;

	if (!collapsed->on)
		return NULL;
	component = component_of(collapsed, thread);
	if (component->bytes == 0)
		return NULL;
	spot = spot_of(collapsed, component);
	value = load(spot.line->bytes, &spot);
	step = find_step(collapsed, thread, component->takes ? value : 0);
	if (!step || meets_others(collapsed, thread, step))
		return NULL;
	*ret_digest = collapsed->digest;
	digest_toggle(ret_digest, step->change);
	if (step->put == value)
		return step;
	digest_toggle(ret_digest, spot.line->digest);
	digest_toggle(ret_digest, changed_line(&spot, step, bytes));
	return step;
}

static uint32_t thread_with_slot(const struct collapsed *collapsed,
				 uint32_t slot)
{
	uint32_t thread = 0;

	while (collapsed->slots[thread] != slot)
		thread++;
	return thread;
}

/* The thread is going to be `next`. */
static bool is_news(struct collapsed *collapsed, uint32_t thread,
		    uint32_t number)
{
	const struct component *next = &collapsed->components.at[number];

	if (next->operation == COMPONENT_NONE)
		return false;
	if (!next->is_access)
		return true;
	for (uint32_t i = 0; i < collapsed->thread_count; i++)
		if (i != thread &&
		    components_pair(&collapsed->components, next->operation,
				    component_of(collapsed, i)->operation,
				    collapsed->no_races) &
			    PAIR_IS_NEWS)
			return true;
	return false;
}

bool collapsed_must_see(struct collapsed *collapsed, uint16_t thread,
			const struct local_step *step)
{
	const struct local_step_other *others =
		&collapsed->steps.others[step->other_first];

	if (is_news(collapsed, thread, step->next))
		return true;
	for (uint32_t i = 0; i < step->other_count; i++)
		if (is_news(collapsed,
			    thread_with_slot(collapsed, others[i].slot),
			    others[i].component))
			return true;
	return false;
}

static void set_component(struct collapsed *collapsed, uint32_t thread,
			  uint32_t component)
{
	note_component(collapsed, thread);
	collapsed->at[thread] = component;
}

void collapsed_go(struct collapsed *collapsed, uint16_t thread,
		  const struct local_step *step, struct digest digest)
{
	const struct local_step_other *others =
		&collapsed->steps.others[step->other_first];
	struct spot spot = spot_of(collapsed, component_of(collapsed, thread));
	struct collapsed_level *level = add_level(collapsed, thread);

	level->other_first = level[-1].other_first;
	level->other_end = level[-1].other_end;
	level->is_mixed = level[-1].is_mixed;
	set_component(collapsed, thread, step->next);
	for (uint32_t i = 0; i < step->other_count; i++)
		set_component(collapsed,
			      thread_with_slot(collapsed, others[i].slot),
			      others[i].component);
	if (step->put != load(spot.line->bytes, &spot)) {
		note_line(collapsed, spot.line);
		spot.line->digest = changed_line(&spot, step, spot.line->bytes);
	}
	collapsed->rest = step->rest_next;
	collapsed->digest = digest;
	collapsed->recalled++;
	close_level(collapsed, level);
}

/* --- Following the program */

/* It cannot, for some reason, or it is not worth while. */
static void give_up(struct collapsed *collapsed)
{
	collapsed_leave(collapsed);
	if (collapsed->last_pause < PAUSE_MIN)
		collapsed->last_pause = PAUSE_MIN / 2;
	if (collapsed->last_pause < PAUSE_MAX)
		collapsed->last_pause *= 2;
	collapsed->pause = collapsed->last_pause;
}

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

	note_line(collapsed, line);
	line_copy(expected, line->bytes);
	if (spot && spot->line == line)
		memcpy(expected + spot->offset, line->line + spot->offset,
		       spot->bytes);
	if (memcmp(expected, line->line, LINE_BYTES) != 0) {
		change->is_beside = true;
		digest_toggle(&change->rest->hidden,
			      hidden_digest(line, line->bytes));
		digest_toggle(&change->rest->hidden,
			      hidden_digest(line, line->line));
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

static uint32_t sleeper_of(const struct engine *engine, uint32_t thread)
{
	return state_path_sleeper(engine, (uint16_t)thread);
}

static void take_thread_count(struct collapsed *collapsed,
			      const struct runtime_state *state)
{
	for (uint32_t i = collapsed->thread_count; i < state->count; i++) {
		collapsed->at[i] = COMPONENT_NONE;
		collapsed->slots[i] = (uint16_t)state->threads[i].slot;
	}
	collapsed->thread_count = state->count;
}

/* The threads that have changed get their components. Returns false if one
 * cannot have any. */
static bool follow_threads(struct collapsed *collapsed,
			   const struct engine *engine, struct rest *rest)
{
	const struct runtime_state *state = &engine->runtime->state;
	bool have_all = true;

	take_thread_count(collapsed, state);
	for (uint32_t i = 0; i < collapsed->changed_count; i++) {
		uint32_t thread = collapsed->changed[i];
		struct digest *change = &collapsed->changes[thread];
		struct digest digest = {0};

		if (collapsed->at[thread] != COMPONENT_NONE)
			digest = component_of(collapsed, thread)->digest;
		digest_toggle(&digest, *change);
		digest_toggle(&rest->sum, *change);
		*change = (struct digest){0};
		note_component(collapsed, thread);
		collapsed->at[thread] = components_put(
			&collapsed->components, digest, &state->threads[thread],
			sleeper_of(engine, thread));
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
		uint32_t operation = component_of(collapsed, thread)->operation;

		for (uint32_t k = 0; k < collapsed->thread_count; k++) {
			uint32_t other = component_of(collapsed, k)->operation;

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
	next_generation(collapsed);
	step->next = collapsed->at[thread];
	step->rest_next = collapsed->rest;
	step->put = load(spot->line->bytes, spot);
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
	size_t mark = top_of(collapsed)->component_mark;
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
	assert(known->put == load(spot.line->bytes, &spot));
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

void collapsed_see(struct collapsed *collapsed, const struct states *states,
		   const struct engine *engine, uint16_t thread,
		   const struct local_step *known, struct digest expected)
{
	struct collapsed_level *level;
	struct component *component;
	struct local_step step;
	struct spot spot;
	struct line_change lines = {0};
	struct rest rest;

	if (!collapsed->on)
		return;
	if (collapsed->version != version_of(engine)) {
		collapsed_forget(collapsed);
		return;
	}
	collapsed->made++;
	if (!is_worth_while(collapsed)) {
		give_up(collapsed);
		return;
	}
	level = add_level(collapsed, thread);
	if (engine->ended)
		return;
	component = component_of(collapsed, thread);
	step = (struct local_step){.component = collapsed->at[thread],
				   .rest = collapsed->rest};
	if (component->bytes > 0) {
		spot = spot_of(collapsed, component);
		lines.spot = &spot;
		step.taken =
			component->takes ? load(spot.line->bytes, &spot) : 0;
		step.among = among(collapsed);
	}
	rest = collapsed->components.rests[collapsed->rest];
	lines.rest = &rest;
	collapsed->changed_count = 0;
	digest_toggle(&rest.sum, collapsed->digest);
	follow_changes(collapsed, states, engine, &lines);
	collapsed->digest = states_digest(states);
	digest_toggle(&rest.sum, collapsed->digest);
	if (!follow_threads(collapsed, engine, &rest)) {
		give_up(collapsed);
		return;
	}
	collapsed->rest = components_put_rest(&collapsed->components, &rest);
	if (collapsed->rest == COMPONENT_NONE) {
		give_up(collapsed);
		return;
	}
	see_races(collapsed);
	if (is_regular(states, engine, thread, &lines))
		keep_step(collapsed, states, engine, &step, thread, &spot);
	list_others(collapsed, engine, level);
	close_level(collapsed, level);
	/* What our own tables look up anew leaves other traces on the stack. */
	if (known && !(engine->runtime->entangled & ENTANGLED))
		compare(collapsed, engine, known, thread, expected);
}

/* --- Beginning */

/* Special lines of a stack belong to no thread. */
static void take_out(const struct collapsed *collapsed,
		     const struct engine *engine, const struct thread *thread,
		     struct digest *sum)
{
	uintptr_t top = stacks_top(thread->slot);
	const struct map *maps[] = {&collapsed->line_numbers,
				    &engine->runtime->lent.lines};

	for (uintptr_t line = (uintptr_t)fiber_live_low(&thread->fiber) &
			      ~(uintptr_t)(LINE_BYTES - 1);
	     line < top; line += LINE_BYTES)
		if (map_get(maps[0], line) || map_get(maps[1], line))
			digest_toggle(sum, shadow_line_digest((uint8_t *)line));
}

static bool take_threads(struct collapsed *collapsed,
			 const struct states *states,
			 const struct engine *engine, struct rest *rest)
{
	const struct runtime_state *state = &engine->runtime->state;
	bool have_all = true;

	collapsed->thread_count = 0;
	take_thread_count(collapsed, state);
	for (uint32_t i = 0; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];
		struct digest digest = states_thread_digest(states, thread);

		if (thread->state != THREAD_ENDED)
			take_out(collapsed, engine, thread, &digest);
		digest_toggle(&rest->sum, digest);
		collapsed->at[i] =
			components_put(&collapsed->components, digest, thread,
				       sleeper_of(engine, i));
		have_all &= collapsed->at[i] != COMPONENT_NONE;
	}
	return have_all;
}

/* What is visible may be memory that is not there yet. */
static bool is_there(struct world *world, const struct visible_line *line)
{
	uintptr_t address = (uintptr_t)line->line;

	return pages_hold(&world->pages, address, LINE_BYTES) ||
	       stacks_hold(&world->stacks, address, LINE_BYTES);
}

static void take_lines(struct collapsed *collapsed, const struct engine *engine,
		       struct rest *rest)
{
	for (size_t i = 0; i < collapsed->line_count; i++) {
		struct visible_line *line = &collapsed->lines[i];

		line_zero(line->bytes);
		line->digest = (struct digest){0};
		if (is_there(&engine->runtime->world, line)) {
			line_copy(line->bytes, line->line);
			line->digest = shadow_line_digest(line->line);
		}
		digest_toggle(&rest->sum, line->digest);
		digest_toggle(&rest->hidden, hidden_digest(line, line->bytes));
	}
}

void collapsed_begin(struct collapsed *collapsed, const struct states *states,
		     const struct engine *engine, struct digest digest)
{
	struct rest rest = {.sum = digest};
	struct collapsed_level *level;

	if (collapsed->on)
		return;
	if (collapsed->pause > 0) {
		collapsed->pause--;
		return;
	}
	learn_lines(collapsed, engine);
	collapsed->no_races = engine->no_races;
	if (collapsed->line_count > LINES_FOLLOWED_MAX)
		return;
	collapsed->digest = digest;
	take_lines(collapsed, engine, &rest);
	if (!take_threads(collapsed, states, engine, &rest)) {
		give_up(collapsed);
		return;
	}
	collapsed->rest = components_put_rest(&collapsed->components, &rest);
	if (collapsed->rest == COMPONENT_NONE) {
		give_up(collapsed);
		return;
	}
	collapsed->on = true;
	next_generation(collapsed);
	level = add_level(collapsed,
			  engine->depth > 0
				  ? engine->log[engine->depth - 1].choice.thread
				  : 0);
	list_others(collapsed, engine, level);
	close_level(collapsed, level);
}

uint64_t collapsed_bytes(const struct collapsed *collapsed)
{
	return components_bytes(&collapsed->components) +
	       collapsed->steps.capacity * sizeof(*collapsed->steps.at);
}
