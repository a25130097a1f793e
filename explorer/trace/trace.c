/*
 * Traces as data: steps are added, hashed, checked and given back.
 */
#include "trace/trace.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "trace/trace_format.h"

char *thread_name(uint32_t thread, char name[THREAD_NAME_BYTES])
{
	if (thread == 0)
		snprintf(name, THREAD_NAME_BYTES, "main");
	else
		snprintf(name, THREAD_NAME_BYTES, "T%u", thread);
	return name;
}

bool thread_by_name(const char *name, size_t length, uint32_t *ret_thread)
{
	uint64_t thread = 0;

	if (length == 4 && memcmp(name, "main", 4) == 0) {
		*ret_thread = 0;
		return true;
	}
	if (length < 2 || length > 11 || name[0] != 'T' || name[1] == '0')
		return false;
	for (size_t i = 1; i < length; i++) {
		if (name[i] < '0' || name[i] > '9')
			return false;
		thread = thread * 10 + (uint64_t)(name[i] - '0');
	}
	if (thread > UINT32_MAX)
		return false;
	*ret_thread = (uint32_t)thread;
	return true;
}

void *list_grow(void *items, size_t count, size_t item_bytes)
{
	size_t room = count ? 2 * count : 1;

	if (count & (count - 1))
		return items;
	return memory_resize(items, count * item_bytes, room * item_bytes);
}

void step_fini(struct step *step)
{
	free(step->object);
	free(step->result);
	free(step->function);
	free(step->file);
	*step = (struct step){0};
}

static void strings_fini(char **strings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(strings[i]);
	free(strings);
}

void trace_fini(struct trace *trace)
{
	free(trace->program);
	free(trace->sources);
	strings_fini(trace->arguments, trace->argument_count);
	free(trace->cflags);
	free(trace->input);
	free(trace->source_hash);
	free(trace->build_id);
	free(trace->strategy);
	free(trace->note);
	strings_fini(trace->watched, trace->watched_count);
	free(trace->expect);
	for (size_t i = 0; i < trace->visible_count; i++)
		free(trace->visible[i].name);
	free(trace->visible);
	outcome_fini(&trace->outcome);
	schedule_fini(&trace->schedule);
	for (size_t i = 0; i < trace->step_count; i++)
		step_fini(&trace->steps[i]);
	free(trace->steps);
	free(trace->hashes);
	*trace = (struct trace){0};
}

static void check_step(const struct trace *trace, const struct step *step)
{
	struct choice choice;

	assert(step->number < trace->schedule.length);
	choice = trace->schedule.at[step->number];
	assert(step->thread == choice.thread);
	assert(step->alternative == choice.alternative);
}

void trace_check(const struct trace *trace)
{
	assert(trace->program);
	for (size_t i = 0; i < trace->step_count; i++) {
		check_step(trace, &trace->steps[i]);
		assert(i == 0 ||
		       trace->steps[i - 1].number < trace->steps[i].number);
	}
	assert(trace->hash_count <=
	       trace->schedule.length / TRACE_HASH_INTERVAL);
}

/* Names, not numbers, go into the hash: the number of an operation changes
 * with the list of operations. NULL and "" differ. */
static uint64_t hash_string(uint64_t running, const char *string)
{
	if (!string)
		return hash_mix(running, UINT64_MAX);
	return hash_bytes(string, strlen(string), running);
}

uint64_t step_hash(uint64_t running, const struct step *step)
{
	running = hash_mix(running, step->thread);
	running = hash_mix(running, step->alternative);
	running = hash_string(running, op_name(step->op));
	running = hash_string(running, step->object);
	running = hash_string(running, step->function);
	return hash_mix(running, step->line);
}

static bool is_listed(uint64_t number, uint64_t total)
{
	return total <= TRACE_LISTED_MAX || number < TRACE_LISTED_MAX / 2 ||
	       number >= total - TRACE_LISTED_MAX / 2;
}

void trace_add_step(struct trace *trace, struct step *step, uint64_t total,
		    bool full)
{
	trace->final_hash = step_hash(trace->final_hash, step);
	if ((step->number + 1) % TRACE_HASH_INTERVAL == 0) {
		trace->hashes = list_grow(trace->hashes, trace->hash_count,
					  sizeof(*trace->hashes));
		trace->hashes[trace->hash_count++] = trace->final_hash;
	}
	if (!full && !is_listed(step->number, total)) {
		step_fini(step);
		return;
	}
	trace->steps = list_grow(trace->steps, trace->step_count,
				 sizeof(*trace->steps));
	trace->steps[trace->step_count++] = *step;
	*step = (struct step){0};
}
