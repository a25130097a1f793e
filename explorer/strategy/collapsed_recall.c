/*
 * Making steps that are known, and seeing what is not. See collapsed.h.
 */
#include "strategy/collapsed.h"

#include <string.h>

#include "strategy/collapsed_parts.h"

uint32_t collapsed_among(struct collapsed *collapsed)
{
	struct digest sum = {1, 1};

	if (collapsed_top(collapsed)->is_mixed)
		return COMPONENT_NONE;
	for (uint32_t i = 0; i < collapsed->thread_count; i++) {
		const struct component *component =
			collapsed_component(collapsed, i);
		uint64_t key = (uint64_t)collapsed->slots[i] << 32;

		if (!component->is_access)
			key |= collapsed->at[i];
		else if (component->is_detached)
			key |= UINT32_MAX;
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
	others = collapsed_among(collapsed);
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
	uint32_t operation = collapsed_component(collapsed, thread)->operation;

	if (!collapsed_top(collapsed)->is_mixed)
		return false;
	if (step->rest_next != step->rest)
		return true;
	for (uint32_t i = 0; i < collapsed->thread_count; i++)
		if (i != thread &&
		    components_pair(
			    &collapsed->components,
			    collapsed_component(collapsed, i)->operation,
			    operation, collapsed->no_races) &
			    PAIR_MEETS)
			return true;
	return false;
}

/* What the step makes of the line that it accesses. */
static struct digest changed_line(const struct spot *spot,
				  const struct local_step *step,
				  uint8_t *ret_bytes)
{
	line_copy(ret_bytes, spot->line->bytes);
	memcpy(ret_bytes + spot->offset, &step->put, spot->bytes);
	return line_digest(ret_bytes, (uintptr_t)spot->line->line);
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
	component = collapsed_component(collapsed, thread);
	if (component->bytes == 0)
		return NULL;
	spot = spot_of(collapsed, component);
	value = spot_load(spot.line->bytes, &spot);
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
		    components_pair(
			    &collapsed->components, next->operation,
			    collapsed_component(collapsed, i)->operation,
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
	collapsed_note_component(collapsed, thread);
	collapsed->at[thread] = component;
}

void collapsed_go(struct collapsed *collapsed, uint16_t thread,
		  const struct local_step *step, struct digest digest)
{
	const struct local_step_other *others =
		&collapsed->steps.others[step->other_first];
	struct spot spot =
		spot_of(collapsed, collapsed_component(collapsed, thread));
	struct collapsed_level *level = collapsed_add_level(collapsed, thread);

	level->other_first = level[-1].other_first;
	level->other_end = level[-1].other_end;
	level->is_mixed = level[-1].is_mixed;
	set_component(collapsed, thread, step->next);
	for (uint32_t i = 0; i < step->other_count; i++)
		set_component(collapsed,
			      thread_with_slot(collapsed, others[i].slot),
			      others[i].component);
	if (step->put != spot_load(spot.line->bytes, &spot)) {
		collapsed_note_line(collapsed, spot.line);
		spot.line->digest = changed_line(&spot, step, spot.line->bytes);
	}
	collapsed->rest = step->rest_next;
	collapsed->digest = digest;
	collapsed->recalled++;
	collapsed_close_level(collapsed, level);
}
