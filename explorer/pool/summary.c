/*
 * What the parts of the pool gathered, as the struct result that is reported.
 */
#include "pool/summary.h"

#include <stdlib.h>

#include "base/memory.h"
#include "pool/naming.h"

struct result summary_begin(enum command_kind command,
			    const struct program *program)
{
	struct result result = {
		.command = command,
		.program = string_copy(program->name),
		.argument_count = program->argument_count,
		.memory_model = command == COMMAND_NATIVE ? "hardware" : "sc",
		.optimised = program->optimised,
		.has_steps = command != COMMAND_NATIVE,
	};

	result.arguments =
		memory_new(result.argument_count * sizeof(*result.arguments));
	for (size_t i = 0; i < result.argument_count; i++)
		result.arguments[i] = string_copy(program->arguments[i]);
	return result;
}

void summary_end(struct result *result, struct merged *merged)
{
	result->outcome_count = merged->outcomes.count;
	result->outcomes =
		memory_new(result->outcome_count * sizeof(*result->outcomes));
	for (size_t i = 0; i < result->outcome_count; i++) {
		result->outcomes[i] = merged->outcomes.at[i].outcome;
		merged->outcomes.at[i].outcome = (struct outcome){0};
	}
	result->finding_count = merged->findings.count;
	result->findings =
		memory_new(result->finding_count * sizeof(*result->findings));
	for (size_t i = 0; i < result->finding_count; i++) {
		result->findings[i] = merged->findings.at[i].finding;
		merged->findings.at[i].finding = (struct finding){0};
	}
	result_sort(result);
	result_decide(result);
}
