/*
 * Full records of steps. See record.h.
 */
#include "engine/record.h"

#include <string.h>

#include "engine/dependence.h"
#include "engine/locate.h"
#include "runtime/alternative.h"

/* Reads up to eight bytes of the program's memory as a number. */
static bool peek(const struct engine *engine, uintptr_t address, uint64_t bytes,
		 uint64_t *ret_value)
{
	uint64_t value = 0;

	if (bytes > sizeof(value))
		bytes = sizeof(value);
	if (bytes == 0 || !world_holds(&engine->runtime->world, address, bytes))
		return false;
	memcpy(&value, (const void *)address, bytes);
	*ret_value = value;
	return true;
}

void record_choice(const struct engine *engine, struct choice choice,
		   struct event *ret_event)
{
	const struct runtime *runtime = engine->runtime;
	const struct thread *thread = &runtime->state.threads[choice.thread];
	const struct operation taken =
		alternative_operation(thread, choice.alternative);
	const struct operation *operation = &taken;
	struct event *event = ret_event;

	*event = (struct event){
		.step = engine->depth,
		.thread = thread->number,
		.index = thread->index,
		.op = operation->op,
		.order = operation->order,
		.object = locate_object(runtime, operation),
		.size = operation_is_access(operation) ? operation->bytes : 0,
		.reads_from = EVENT_NONE,
		.alternative = choice.alternative,
		.place = locate_place(runtime, operation->place),
	};
	if (operation->op == OP_COPY)
		event->source = locate_address(runtime, operation->source);
	if (operation_is_access(operation))
		event->has_values = peek(engine, operation->address,
					 operation->bytes, &event->before);
}

void record_before(struct engine *engine, struct choice choice)
{
	details_note(engine, &engine->runtime->state.threads[choice.thread]);
	record_choice(engine, choice, &engine->event);
}

bool record_left(const struct engine *engine, uint64_t *ret_after)
{
	const struct operation *operation =
		&engine->log[engine->depth - 1].operation;

	return operation_is_access(operation) &&
	       peek(engine, operation->address, operation->bytes, ret_after);
}

void record_after(struct engine *engine)
{
	const struct performed *performed = &engine->log[engine->depth - 1];
	const struct thread *thread =
		&engine->runtime->state.threads[performed->choice.thread];
	struct event *event = &engine->event;

	event->result = thread->result;
	if (event->has_values)
		peek(engine, performed->operation.address,
		     performed->operation.bytes, &event->after);
	if (operation_is_access(&performed->operation)) {
		struct verdict_of_access verdict = history_add(
			&engine->history, performed, engine->depth - 1);

		event->reads_from = verdict.reads_from;
		event->lost_update = verdict.lost_update;
	}
	engine->listener.step(engine->listener.context, event);
}
