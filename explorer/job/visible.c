/*
 * The set of visible memory, as the command says it: ranges of locations.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "channel/socket.h"
#include "engine/locate.h"
#include "job/job.h"

/* What is learned after so many in a round is told when the round is over: it
 * may be hundreds of megabytes. */
#define LEARNED_TOLD_MAX 4096U

/* The place for where a granule lies; NULL if that is known already. */
static struct location *place_of_granule(struct engine *engine,
					 uintptr_t granule)
{
	uint64_t *index = map_put(&engine->visible_known, granule);

	if (*index)
		return NULL;
	memory_reserve((void **)&engine->visible_at, &engine->visible_capacity,
		       engine->visible_count + 1, sizeof(*engine->visible_at));
	*index = engine->visible_count + 1;
	return &engine->visible_at[engine->visible_count++];
}

/* Where a granule lies is noted when it is learned: its block exists then, and
 * may not at another time. */
static void note_location(struct task *task, uintptr_t granule)
{
	struct location *place = place_of_granule(task->engine, granule);

	if (place)
		*place = locate_memory(task->runtime, granule * 8);
}

/* The same of a range whose block may be still to come. */
static void note_block(struct task *task, const struct visible_range *range)
{
	uintptr_t address = range->block + range->start.offset;

	for (uintptr_t granule = address / 8;
	     granule <= (address + range->bytes - 1) / 8; granule++) {
		struct location *place =
			place_of_granule(task->engine, granule);

		if (!place)
			continue;
		*place = range->start;
		place->offset = granule * 8 - range->block;
	}
}

static void take_range(struct task *task, const struct visible_range *range)
{
	struct visible *visible = &task->runtime->visible;
	const struct location *start = &range->start;
	uintptr_t address = range->block ? range->block + start->offset
					 : locate_back(task->runtime, start);

	if (range->block && range->bytes > 0)
		note_block(task, range);
	if (address)
		visible_add_range(visible, address, range->bytes);
	else if (start->kind == LOCATION_HEAP)
		visible_add_pending(visible, &(struct visible_pending){
						     .slot = start->owner,
						     .number = start->number,
						     .offset = start->offset,
						     .bytes = range->bytes});
}

void task_take_visible(struct task *task, const struct visible_set *set)
{
	struct visible *visible = &task->runtime->visible;

	visible_clear(visible);
	touches_forget_recent(&task->runtime->touches);
	for (uint32_t i = 0; i < set->range_count; i++)
		take_range(task, &set->ranges[i]);
	visible->clock_is_read = set->clock_is_read;
	visible->version = set->version;
}

bool task_merge_learned(struct task *task)
{
	struct touches *touches = &task->runtime->touches;
	struct visible *visible = &task->runtime->visible;
	bool grew = false;

	if (task->engine->learned == touches->grown)
		return false;
	for (size_t i = 0; i < touches->learned.capacity; i++) {
		const struct map_entry *entry = &touches->learned.entries[i];

		if (!entry->key)
			continue;
		note_location(task, entry->key);
		grew |= visible_add(visible, entry->key, (uint8_t)entry->value);
	}
	if (touches->learned_clock && !visible->clock_is_read) {
		visible->clock_is_read = true;
		grew = true;
	}
	if (grew)
		touches_forget_recent(touches);
	visible->version += grew;
	task->engine->learned = touches->grown;
	return grew;
}

/* Granules in the order of their addresses: a heap sort, since the C library's
 * sort may allocate. */
static void sift(uint64_t *keys, size_t root, size_t count)
{
	for (size_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
		uint64_t key = keys[root];

		if (child + 1 < count && keys[child + 1] > keys[child])
			child++;
		if (keys[child] <= key)
			return;
		keys[root] = keys[child];
		keys[child] = key;
		root = child;
	}
}

static void sort(uint64_t *keys, size_t count)
{
	for (size_t i = count / 2; i > 0; i--)
		sift(keys, i - 1, count);
	for (size_t i = count; i > 1; i--) {
		uint64_t largest = keys[0];

		keys[0] = keys[i - 1];
		keys[i - 1] = largest;
		sift(keys, 0, i - 1);
	}
}

static uint64_t *sorted_granules(const struct visible *visible)
{
	uint64_t *keys = memory_new(visible->count * sizeof(*keys));

	for (size_t i = 0; i < visible->count; i++)
		keys[i] = visible->granules[i].address;
	sort(keys, visible->count);
	return keys;
}

/* A range being put together, and where ranges go. */
struct collector {
	struct task *task;
	struct visible_range *ranges;
	size_t count;
	size_t capacity;
	uintptr_t start;
	uintptr_t end;
};

static struct location pending_location(const struct visible_pending *pending)
{
	return (struct location){.kind = LOCATION_HEAP,
				 .owner = pending->slot,
				 .number = pending->number,
				 .offset = pending->offset};
}

/* Bytes that the command named lie where it said; others were noted. */
static struct location location_of(struct task *task, uintptr_t address)
{
	const struct engine *engine = task->engine;
	const uint64_t *index = map_get(&engine->visible_known, address / 8);
	const struct visible_pending *pending =
		visible_placed(&task->runtime->visible, address);
	struct location location;

	if (pending) {
		location = pending_location(pending);
		location.offset += address - pending->address;
		return location;
	}
	if (!index)
		return locate_memory(task->runtime, address);
	location = engine->visible_at[*index - 1];
	/* Stacks are measured downwards. */
	if (location.kind == LOCATION_STACK)
		location.offset -= address % 8;
	else
		location.offset += address % 8;
	return location;
}

static void add_range(struct collector *collector, struct location start,
		      uint64_t bytes, uintptr_t block)
{
	memory_reserve((void **)&collector->ranges, &collector->capacity,
		       collector->count + 1, sizeof(*collector->ranges));
	collector->ranges[collector->count++] = (struct visible_range){
		.start = start, .bytes = bytes, .block = block};
}

static void close_range(struct collector *collector)
{
	struct location start;

	if (collector->end == collector->start)
		return;
	start = location_of(collector->task, collector->start);
	add_range(collector, start, collector->end - collector->start,
		  start.kind == LOCATION_HEAP ? collector->start - start.offset
					      : 0);
}

/* Blocks that have not come yet are as visible as they were. */
static void collect_pending(struct collector *collector,
			    const struct visible *visible)
{
	for (size_t i = 0; i < visible->pending_count; i++)
		if (!visible->pending[i].address)
			add_range(collector,
				  pending_location(&visible->pending[i]),
				  visible->pending[i].bytes, 0);
}

/* Bytes next to each other become one range as long as they belong to the same
 * aligned eight bytes: variables that are neighbours stay apart. */
static void collect(struct collector *collector, uint64_t granule, uint8_t mask)
{
	for (unsigned i = 0; i < 8; i++) {
		uintptr_t address = granule * 8 + i;

		if (!(mask >> i & 1))
			continue;
		if (address != collector->end || address % 8 == 0) {
			close_range(collector);
			collector->start = address;
		}
		collector->end = address + 1;
	}
}

void task_send_visible(struct task *task)
{
	const struct visible *visible = &task->runtime->visible;
	struct collector collector = {.task = task};
	uint64_t *granules = sorted_granules(visible);
	struct visible_set set = {.version = visible->version,
				  .clock_is_read = visible->clock_is_read};

	/* The heap lies below what is usual in the rest. */
	collect_pending(&collector, visible);
	for (size_t i = 0; i < visible->count; i++)
		collect(&collector, granules[i],
			visible_mask(visible, granules[i], UINT8_MAX));
	close_range(&collector);
	set.range_count = (uint32_t)collector.count;
	set.ranges = collector.ranges;
	visible_set_put(&task->link->body, &set);
	link_send(task->link, MESSAGE_VISIBLE);
	task->learned_told = 0;
	memory_free(granules, visible->count * sizeof(*granules));
	memory_free(collector.ranges,
		    collector.capacity * sizeof(*collector.ranges));
}

/* On the stack of the thread that makes the access, which may be in the middle
 * of anything: a message of its own. */
ON_FIBER static void tell_learned(void *context, uintptr_t granule,
				  uint8_t mask)
{
	struct task *task = context;
	struct collector collector = {.task = task};
	struct visible_set set = {0};
	struct buffer body = {0};

	if (task->learned_told >= LEARNED_TOLD_MAX)
		return;
	task->learned_told++;
	note_location(task, granule);
	collect(&collector, granule, mask);
	close_range(&collector);
	set.range_count = (uint32_t)collector.count;
	set.ranges = collector.ranges;
	visible_set_put(&body, &set);
	if (channel_send(task->link->socket, MESSAGE_LEARNED, &body) < 0)
		job_quit(0);
	buffer_fini(&body);
	memory_free(collector.ranges,
		    collector.capacity * sizeof(*collector.ranges));
}

void task_tell_learned(struct task *task, bool on)
{
	struct touches *touches = &task->runtime->touches;

	touches->told = on ? tell_learned : NULL;
	touches->told_context = task;
}
