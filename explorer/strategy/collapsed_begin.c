/*
 * Beginning to follow a search by components. See collapsed.h.
 */
#include "strategy/collapsed.h"

#include "base/memory.h"
#include "strategy/collapsed_parts.h"
#include "strategy/state_path.h"
#include "world/stacks.h"

/* So many lines with visible bytes are followed. */
#define LINES_FOLLOWED_MAX ((size_t)1 << 14)

/* Tells digests of the hidden bytes of a line from those of the line. */
#define KEY_HIDDEN (UINT64_C(1) << 62)

uint64_t collapsed_version_of(const struct engine *engine)
{
	const struct runtime *runtime = engine->runtime;

	return 1 + hash_mix(hash_mix(runtime->visible.count,
				     runtime->visible.pending_left),
			    runtime->lent.lines.count + runtime->lent.ended) /
			   2;
}

struct digest collapsed_hidden_digest(const struct visible_line *line,
				      const uint8_t *bytes)
{
	uint8_t hidden[LINE_BYTES];

	for (size_t i = 0; i < LINE_BYTES; i++)
		hidden[i] = bytes[i] & (uint8_t)~line->mask[i];
	return hash_line(hidden, (uintptr_t)line->line | KEY_HIDDEN);
}

void collapsed_take_threads(struct collapsed *collapsed,
			    const struct runtime_state *state)
{
	for (uint32_t i = collapsed->thread_count; i < state->count; i++) {
		collapsed->at[i] = COMPONENT_NONE;
		collapsed->slots[i] = (uint16_t)state->threads[i].slot;
	}
	collapsed->thread_count = state->count;
}

/* --- Lines with visible bytes */

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
	uint64_t version = collapsed_version_of(engine);

	if (collapsed->version == version)
		return;
	collapsed_forget(collapsed);
	collapsed->version = version;
	for (size_t i = 0; i < visible->count; i++)
		add_granule(collapsed, &visible->granules[i]);
}

/* --- Threads and values */

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
	collapsed_take_threads(collapsed, state);
	for (uint32_t i = 0; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];
		struct digest digest = states_thread_digest(states, thread);

		if (thread->state != THREAD_ENDED)
			take_out(collapsed, engine, thread, &digest);
		digest_toggle(&rest->sum, digest);
		collapsed->at[i] =
			components_put(&collapsed->components, digest, thread,
				       state_path_may_sleep(thread));
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
		digest_toggle(&rest->hidden,
			      collapsed_hidden_digest(line, line->bytes));
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
		collapsed_give_up(collapsed);
		return;
	}
	collapsed->rest = components_put_rest(&collapsed->components, &rest);
	if (collapsed->rest == COMPONENT_NONE) {
		collapsed_give_up(collapsed);
		return;
	}
	collapsed->on = true;
	collapsed_next_generation(collapsed);
	level = collapsed_add_level(
		collapsed,
		engine->depth > 0 ? engine->log[engine->depth - 1].choice.thread
				  : 0);
	collapsed_list_others(collapsed, engine, level);
	collapsed_close_level(collapsed, level);
}
