/*
 * Searches and runs of the fake child.
 */
#include "run.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

static const char *const watches[] = {"fake_x"};

struct program fake_program(const char *scenario)
{
	struct program program = {.name = strdup("fake.c"),
				  .argument_count = 1};

	program.executable = realpath("/proc/self/exe", NULL);
	program.arguments = calloc(1, sizeof(*program.arguments));
	program.arguments[0] = strdup(scenario);
	return program;
}

void fake_program_fini(struct program *program)
{
	free(program->name);
	free(program->executable);
	free(program->arguments[0]);
	free(program->arguments);
}

struct search fake_search(void)
{
	return (struct search){.command = COMMAND_CHECK,
			       .strategy = "dfs",
			       .max_steps = 1000,
			       .watches = watches,
			       .watch_count = 1};
}

struct result search_scenario(const char *scenario, const struct search *search)
{
	struct program program = fake_program(scenario);
	struct result result = {0};

	cr_assert(eq(int, pool_search(&program, search, &result), 0));
	fake_program_fini(&program);
	return result;
}

const struct outcome *outcome_with(const struct result *result, const char *x)
{
	for (size_t i = 0; i < result->outcome_count; i++) {
		const struct outcome *outcome = &result->outcomes[i];

		if (outcome->value_count == 1 &&
		    strcmp(outcome->values[0].text, x) == 0)
			return outcome;
	}
	return NULL;
}

const struct outcome *outcome_ending(const struct result *result,
				     enum end_kind end)
{
	for (size_t i = 0; i < result->outcome_count; i++) {
		if (result->outcomes[i].end == end)
			return &result->outcomes[i];
	}
	return NULL;
}

size_t finding_count(const struct result *result, enum finding_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < result->finding_count; i++)
		count += result->findings[i].kind == kind;
	return count;
}

const struct finding *finding_of(const struct result *result,
				 enum finding_kind kind)
{
	for (size_t i = 0; i < result->finding_count; i++) {
		if (result->findings[i].kind == kind)
			return &result->findings[i];
	}
	return NULL;
}

char *folder_new(void)
{
	char *folder = strdup("/tmp/explorer-pool-XXXXXX");

	cr_assert(mkdtemp(folder) != NULL);
	return folder;
}

void folder_free(char *folder)
{
	char *command = text_format("rm -r '%s'", folder);

	cr_assert(eq(int, system(command), 0));
	free(command);
	free(folder);
}
