/*
 * A trace as a JSON document.
 */
#include "report/json.h"
#include "report/json_parts.h"

static const char *order_name(enum memory_order_kind order)
{
	static const char *const names[] = {
		[ORDER_RELAXED] = "relaxed", [ORDER_CONSUME] = "consume",
		[ORDER_ACQUIRE] = "acquire", [ORDER_RELEASE] = "release",
		[ORDER_ACQ_REL] = "acq-rel", [ORDER_SEQ_CST] = "seq-cst",
		[ORDER_PLAIN] = "plain",
	};

	return names[order];
}

static json_t *json_step(const struct step *step)
{
	json_t *object = json_object();
	char thread[THREAD_NAME_BYTES];

	json_add(object, "step", json_count(step->number));
	json_add(object, "thread",
		 json_string(thread_name(step->thread, thread)));
	json_add(object, "alternative", json_integer(step->alternative));
	json_add(object, "operation", json_string(op_name(step->op)));
	json_add(object, "order", json_string(order_name(step->order)));
	json_add(object, "object", json_text(step->object));
	json_add(object, "size", json_count(step->size));
	json_add(object, "before",
		 step->has_values ? json_count(step->before) : json_null());
	json_add(object, "after",
		 step->has_values ? json_count(step->after) : json_null());
	json_add(object, "result", json_text(step->result));
	json_add(object, "reads_from", json_count(step->reads_from));
	json_add(object, "lost_update", json_boolean(step->lost_update));
	json_add_place(object,
		       &(struct source_place){.file = step->file,
					      .function = step->function,
					      .line = step->line});
	return object;
}

static json_t *json_steps(const struct trace *trace)
{
	json_t *array = json_array();

	for (size_t i = 0; i < trace->step_count; i++)
		json_array_append_new(array, json_step(&trace->steps[i]));
	return array;
}

static json_t *json_visible(const struct trace *trace)
{
	json_t *array = json_array();

	for (size_t i = 0; i < trace->visible_count; i++) {
		json_t *range = json_object();

		json_add(range, "name", json_text(trace->visible[i].name));
		json_add(range, "bytes", json_count(trace->visible[i].bytes));
		json_array_append_new(array, range);
	}
	return array;
}

/* [[thread, alternative, times], ...] */
static json_t *json_schedule(const struct schedule *schedule)
{
	json_t *array = json_array();
	size_t i = 0;

	while (i < schedule->length) {
		struct choice choice = schedule->at[i];
		size_t first = i;

		while (i < schedule->length &&
		       schedule->at[i].thread == choice.thread &&
		       schedule->at[i].alternative == choice.alternative)
			i++;
		json_array_append_new(array,
				      json_pack("[i,i,I]", choice.thread,
						choice.alternative,
						(json_int_t)(i - first)));
	}
	return array;
}

json_t *json_of_trace(const char *path, const struct trace *trace)
{
	json_t *object = json_object();
	json_t *outcomes = json_array();
	bool finds = trace->finding != FINDING_COUNT;

	json_array_append_new(outcomes, json_outcome(&trace->outcome, true));
	json_add(object, "explorer", json_string(EXPLORER_VERSION));
	json_add(object, "program", json_text(trace->program));
	json_add(object, "arguments",
		 json_strings(trace->arguments, trace->argument_count));
	json_add(object, "command", json_string("show"));
	json_add(object, "trace", json_text(path));
	json_add(object, "version", json_integer(trace->version));
	json_add(object, "strategy", json_text(trace->strategy));
	json_add(object, "finding",
		 finds ? json_string(finding_name(trace->finding))
		       : json_null());
	json_add(object, "note", json_text(trace->note));
	json_add(object, "watched",
		 json_strings(trace->watched, trace->watched_count));
	json_add(object, "expect", json_text(trace->expect));
	json_add(object, "visible", json_visible(trace));
	json_add(object, "outcomes", outcomes);
	json_add(object, "length", json_count(trace->schedule.length));
	json_add(object, "schedule", json_schedule(&trace->schedule));
	json_add(object, "steps", json_steps(trace));
	return object;
}
