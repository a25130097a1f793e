/*
 * How many executions reduction makes of a program, and how they end, does not
 * depend on the order in which its threads are created.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

/* How many traces the three threads of created_in_order.c have where that is
 * counted by hand: three sections of one lock; a writer and who reads, before
 * it or behind, or tries to, which also may fail. */
struct created_shape {
	char name[16];
	int traces; /* 0: not counted */
};

static const char *const orders[] = {"012", "021", "102", "120", "201", "210"};

ParameterizedTestParameters(created, in_any_order_there_are_as_many_traces)
{
	static struct created_shape shapes[] = {
		{"locks", 6},	{"readers", 6},	 {"conditions", 0},
		{"signals", 0}, {"barriers", 0}, {"atomics", 0},
		{"ends", 0},
	};

	return cr_make_param_array(struct created_shape, shapes,
				   sizeof(shapes) / sizeof(*shapes), NULL);
}

/* How many executions, and the outcomes. */
static char *searched(const char *shape, const char *order)
{
	struct arguments arguments = {0};
	struct answer answer;
	char *text;
	char *lines;

	explorer_arguments(
		&arguments,
		"check --strategy dpor --max-traces 0 --format json");
	arguments_add(&arguments, "tests/programs/created_in_order.c");
	arguments_add(&arguments, "--");
	arguments_add(&arguments, shape);
	arguments_add(&arguments, order);
	explorer_run(&arguments, NULL, &answer);
	answer_expect(&answer, 0);
	cr_expect(zero(i64, answer_integer(&answer, "blocked")), "%s %s", shape,
		  order);
	lines = outcome_lines(answer.json, OUTCOME_VALUES_AND_OUTPUT);
	cr_assert(ge(int,
		     asprintf(&text, "%lld executions\n%s",
			      (long long)answer_integer(&answer, "executions"),
			      lines),
		     0));
	free(lines);
	answer_fini(&answer);
	arguments_fini(&arguments);
	return text;
}

ParameterizedTest(const struct created_shape *shape, created,
		  in_any_order_there_are_as_many_traces)
{
	char *first = searched(shape->name, orders[0]);

	if (shape->traces != 0)
		cr_expect(eq(int, atoi(first), shape->traces), "%s",
			  shape->name);
	for (size_t i = 1; i < sizeof(orders) / sizeof(*orders); i++) {
		char *other = searched(shape->name, orders[i]);

		cr_expect(eq(str, other, first), "%s %s", shape->name,
			  orders[i]);
		free(other);
	}
	free(first);
}
