/*
 * Where a search is, by components. See collapsed.h.
 */
#include "strategy/collapsed.h"

#include "base/memory.h"
#include "strategy/collapsed_parts.h"
#include "strategy/state_path.h"

/* For so many steps it is given up, each time for longer. */
#define PAUSE_MIN ((uint32_t)1 << 17)
#define PAUSE_MAX ((uint32_t)1 << 24)

void collapsed_init(struct collapsed *collapsed)
{
	*collapsed = (struct collapsed){.generation = 1};
}

void collapsed_next_generation(struct collapsed *collapsed)
{
	if (++collapsed->generation == 0)
		collapsed->generation = 1;
}

void collapsed_leave(struct collapsed *collapsed)
{
	collapsed->on = false;
	collapsed_next_generation(collapsed);
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

void collapsed_give_up(struct collapsed *collapsed)
{
	collapsed_leave(collapsed);
	if (collapsed->last_pause < PAUSE_MIN)
		collapsed->last_pause = PAUSE_MIN / 2;
	if (collapsed->last_pause < PAUSE_MAX)
		collapsed->last_pause *= 2;
	collapsed->pause = collapsed->last_pause;
}

/* --- Levels */

void collapsed_note_component(struct collapsed *collapsed, uint32_t thread)
{
	memory_reserve((void **)&collapsed->component_notes,
		       &collapsed->component_note_capacity,
		       collapsed->component_note_count + 1,
		       sizeof(*collapsed->component_notes));
	collapsed->component_notes[collapsed->component_note_count++] =
		(struct component_note){thread, collapsed->at[thread]};
}

void collapsed_note_line(struct collapsed *collapsed, struct visible_line *line)
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

struct collapsed_level *collapsed_add_level(struct collapsed *collapsed,
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

void collapsed_close_level(const struct collapsed *collapsed,
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
	level = collapsed_top(collapsed);
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
	level = collapsed_top(collapsed);
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
		.may_sleep = state_path_may_sleep(
			&engine->runtime->state.threads[choice.thread]),
	};
}

void collapsed_list_others(struct collapsed *collapsed,
			   const struct engine *engine,
			   struct collapsed_level *level)
{
	level->other_first = collapsed->other_count;
	for (uint32_t i = 0; i < engine->choice_count; i++)
		if (!collapsed_component(collapsed, engine->choices[i].thread)
			     ->is_access)
			add_other(collapsed, engine, engine->choices[i]);
	level->other_end = collapsed->other_count;
	for (uint32_t i = 0; i < collapsed->thread_count; i++) {
		const struct component *component =
			collapsed_component(collapsed, i);

		level->is_mixed |= component->operation != COMPONENT_NONE &&
				   !component->is_access;
	}
}

static uint32_t add_candidates(const struct collapsed *collapsed,
			       uint32_t thread, struct candidate *candidates,
			       uint32_t count)
{
	const struct collapsed_level *level = collapsed_top(collapsed);
	const struct component *component =
		collapsed_component(collapsed, thread);

	if (component->is_access && count < CHOICES_MAX)
		candidates[count++] = (struct candidate){
			.choice = choice_of(thread, 0),
			.slot = collapsed->slots[thread],
			.may_sleep = component->may_sleep,
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
	uint16_t last = collapsed_top(collapsed)->last;
	uint32_t count = add_candidates(collapsed, last, ret_candidates, 0);

	for (uint32_t i = 0; i < collapsed->thread_count; i++)
		if (i != last)
			count = add_candidates(collapsed, i, ret_candidates,
					       count);
	return count;
}

sleeper_set collapsed_independent(struct collapsed *collapsed,
				  sleeper_set asleep, uint16_t thread)
{
	uint32_t operation = collapsed_component(collapsed, thread)->operation;
	sleeper_set left = 0;

	if (!asleep)
		return 0;
	for (uint32_t i = 0; i < collapsed->thread_count; i++) {
		const struct component *component =
			collapsed_component(collapsed, i);

		if (component->may_sleep && asleep & sleeper_bit(i) &&
		    i != thread &&
		    !(components_pair(&collapsed->components,
				      component->operation, operation,
				      collapsed->no_races) &
		      PAIR_CONFLICTS))
			left |= sleeper_bit(i);
	}
	return left;
}

uint64_t collapsed_bytes(const struct collapsed *collapsed)
{
	return components_bytes(&collapsed->components) +
	       collapsed->steps.capacity * sizeof(*collapsed->steps.at);
}
