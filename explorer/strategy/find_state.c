/*
 * The state that is looked for. See find_state.h.
 */
#include "strategy/find_state.h"

#include <string.h>

#include "base/memory.h"
#include "engine/ending.h"
#include "trace/expression_tree.h"

struct variable {
	const uint8_t *start;
	uint32_t bytes; /* 1 .. 16 */
	bool is_signed;
};

struct find_state {
	struct expression expression;
	struct variable *variables; /* by the expression's names */
	uint32_t count;
};

struct find_state *find_state_new(const struct job *job,
				  struct runtime *runtime)
{
	struct find_state *find = memory_new(sizeof(*find));

	if (expression_get(job->query, job->query_length, job->query_name_count,
			   &find->expression) != 0) {
		memory_free(find, sizeof(*find));
		return NULL;
	}
	find->count = job->query_name_count;
	find->variables = memory_new(find->count * sizeof(*find->variables));
	for (uint32_t i = 0; i < find->count; i++) {
		const struct query_name *name = &job->query_names[i];
		const struct piece *piece = &runtime->watched[name->watch];

		find->variables[i] =
			(struct variable){.start = piece->start,
					  .bytes = (uint32_t)piece->bytes,
					  .is_signed = name->is_signed};
	}
	return find;
}

void find_state_free(struct find_state *find)
{
	if (!find)
		return;
	expression_forget(&find->expression);
	memory_free(find->variables, find->count * sizeof(*find->variables));
	memory_free(find, sizeof(*find));
}

void find_state_show(const struct find_state *find, struct runtime *runtime)
{
	for (uint32_t i = 0; i < find->count; i++)
		visible_add_range(&runtime->visible,
				  (uintptr_t)find->variables[i].start,
				  find->variables[i].bytes);
}

/* The lowest byte comes first, as on all machines that a search runs on. */
static bool read_variable(void *context, size_t name, struct integer *ret_value)
{
	const struct find_state *find = context;
	const struct variable *variable = &find->variables[name];
	uint8_t bytes[16];
	uint64_t parts[2];
	bool is_negative;

	is_negative = variable->is_signed &&
		      variable->start[variable->bytes - 1] & 0x80;
	memset(bytes, is_negative ? 0xff : 0, sizeof(bytes));
	memcpy(bytes, variable->start, variable->bytes);
	memcpy(parts, bytes, sizeof(parts));
	*ret_value = (struct integer){.bits = parts[0],
				      .is_unsigned = !is_negative &&
						     parts[0] > INT64_MAX};
	/* What does not fit 64 bits is no number here. */
	return is_negative ? parts[1] == UINT64_MAX && parts[0] > INT64_MAX
			   : parts[1] == 0;
}

bool find_state_holds(const struct find_state *find)
{
	struct expression_scope scope = {
		.lookup = read_variable,
		.context = (void *)(uintptr_t)find,
	};
	struct expression_fault fault;
	struct number number = {0};

	return expression_run(&find->expression, &scope, &number, &fault) &&
	       number.value != 0;
}

bool find_state_look(const struct find_state *find, struct engine *engine)
{
	if (engine->ending.is_dropped && engine->ended)
		return false;
	if (!find_state_holds(find))
		return false;
	ending_wanted(engine);
	engine_finish_state(engine);
	return true;
}
