/*
 * The JSON is a contract with scripts: which members there are, of which type,
 * for each sub-command.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

/* What a member may be: one letter each for string, integer, real or integer,
 * boolean, array, object, null. */
struct member {
	const char *name;
	const char *types;
};

static char type_of(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		return 's';
	case JSON_INTEGER:
		return 'i';
	case JSON_REAL:
		return 'r';
	case JSON_TRUE:
	case JSON_FALSE:
		return 'b';
	case JSON_ARRAY:
		return 'a';
	case JSON_OBJECT:
		return 'o';
	case JSON_NULL:
		return 'n';
	}
	return '?';
}

static void expect_members(const char *what, const json_t *object,
			   const struct member *members)
{
	for (; members->name != NULL; members++) {
		const json_t *value = json_object_get(object, members->name);

		if (value == NULL)
			cr_fail("%s: there is no \"%s\"", what, members->name);
		else if (strchr(members->types, type_of(value)) == NULL)
			cr_fail("%s: \"%s\" is of type %c, expected one of %s",
				what, members->name, type_of(value),
				members->types);
	}
}

static const struct member common[] = {
	{"explorer", "s"},     {"program", "s"},
	{"arguments", "a"},    {"command", "s"},
	{"memory_model", "s"}, {"verdict", "s"},
	{"complete", "b"},     {"incomplete_because", "a"},
	{"warnings", "a"},     {"rounds", "in"},
	{"executions", "i"},   {"blocked", "i"},
	{"cut", "i"},	       {"states", "n"},
	{"transitions", "in"}, {"steps", "in"},
	{"seconds", "ri"},     {"outcomes", "a"},
	{"findings", "a"},     {"strategy", "sn"},
	{"estimate", "on"},    {NULL, NULL}};

static const struct member of_outcome[] = {
	{"end", "s"},	 {"status", "in"}, {"values", "o"},
	{"output", "s"}, {"count", "i"},   {"lost_updates", "in"},
	{"trace", "sn"}, {NULL, NULL}};

static const struct member of_finding[] = {
	{"kind", "s"},	{"message", "s"}, {"count", "i"},     {"trace", "sn"},
	{"file", "sn"}, {"line", "in"},	  {"function", "sn"}, {NULL, NULL}};

static const struct member of_access[] = {
	{"thread", "s"}, {"operation", "s"}, {"variable", "s"}, {"file", "s"},
	{"line", "i"},	 {"function", "s"},  {NULL, NULL}};

static const struct member of_blocked[] = {
	{"thread", "s"}, {"waits_for", "s"}, {"held_by", "sn"}, {"file", "s"},
	{"line", "i"},	 {"function", "s"},  {"callers", "a"},	{NULL, NULL}};

static const struct member of_replay[] = {
	{"explorer", "s"},  {"program", "s"}, {"command", "s"},
	{"trace", "s"},	    {"result", "s"},  {"step", "in"},
	{"expected", "sn"}, {"actual", "sn"}, {"outcomes", "a"},
	{"findings", "a"},  {NULL, NULL}};

static void expect_each(const char *what, const json_t *list,
			const struct member *members)
{
	const json_t *object;
	size_t i;

	json_array_foreach(list, i, object)
		expect_members(what, object, members);
}

/* Runs a sub-command on a model; the folder of traces is to be removed. */
static char *run(const char *words, int status, struct answer *ret_answer)
{
	char *folder = scratch_folder("json");
	struct arguments arguments = {0};

	explorer_arguments(&arguments, words);
	arguments_add_words(&arguments, "--format json --output");
	arguments_add(&arguments, folder);
	explorer_run(&arguments, NULL, ret_answer);
	answer_expect(ret_answer, status);
	arguments_fini(&arguments);
	return folder;
}

static void expect_common(const struct answer *answer, const json_t *object,
			  const char *command, const char *model)
{
	const json_t *findings = json_object_get(object, "findings");
	const json_t *finding;
	size_t i;

	expect_members(answer->run.command, object, common);
	expect_each("outcome", json_object_get(object, "outcomes"), of_outcome);
	expect_each("finding", findings, of_finding);
	json_array_foreach(findings, i, finding) expect_each(
		"access", json_object_get(finding, "accesses"), of_access);
	cr_expect(eq(
		str,
		(char *)json_string_value(json_object_get(object, "command")),
		(char *)command));
	cr_expect(eq(str,
		     (char *)json_string_value(
			     json_object_get(object, "memory_model")),
		     (char *)model));
}

Test(json_contract, check)
{
	struct answer answer;
	char *folder = run("check models/counter.c --watch x", 1, &answer);

	expect_common(&answer, answer.json, "check", "sc");
	cr_expect(eq(str, (char *)answer_string(&answer, "program"),
		     "models/counter.c"));
	cr_expect(eq(str, (char *)answer_string(&answer, "strategy"), "dpor"));
	cr_expect(eq(int, json_is_null(json_object_get(answer.json, "rival")),
		     1));
	answer_fini(&answer);
	scratch_remove(folder);
}

Test(json_contract, sample)
{
	struct answer answer;
	char *folder =
		run("sample models/counter.c --watch x --runs 50", 1, &answer);

	expect_common(&answer, answer.json, "sample", "sc");
	cr_expect(eq(i64, answer_integer(&answer, "executions"), 50));
	answer_fini(&answer);
	scratch_remove(folder);
}

Test(json_contract, native)
{
	struct answer answer;
	char *folder = run("native models/counter_lock.c --watch x --runs 3", 0,
			   &answer);

	expect_common(&answer, answer.json, "native", "hardware");
	cr_expect(eq(i64, answer_integer(&answer, "executions"), 3));
	cr_expect(eq(str, (char *)answer_string(&answer, "verdict"),
		     "none-found"));
	cr_expect(eq(int, json_is_null(json_object_get(answer.json, "steps")),
		     1));
	answer_fini(&answer);
	scratch_remove(folder);
}

Test(json_contract, compare)
{
	struct answer answer;
	char *folder = run("compare models/counter_lock.c --watch x --runs 2 "
			   "--samples 20",
			   0, &answer);

	expect_common(&answer, json_object_get(answer.json, "check"), "check",
		      "sc");
	expect_common(&answer, json_object_get(answer.json, "sample"), "sample",
		      "sc");
	expect_common(&answer, json_object_get(answer.json, "native"), "native",
		      "hardware");
	answer_fini(&answer);
	scratch_remove(folder);
}

Test(json_contract, deadlocks_have_threads)
{
	struct answer answer;
	char *folder = run("check models/deadlock.c", 1, &answer);
	const json_t *threads = json_object_get(
		json_array_get(json_object_get(answer.json, "findings"), 0),
		"threads");

	cr_expect(ge(sz, json_array_size(threads), 2));
	expect_each("thread", threads, of_blocked);
	answer_fini(&answer);
	scratch_remove(folder);
}

Test(json_contract, replay)
{
	struct answer found;
	struct answer answer;
	struct arguments arguments = {0};
	char *folder =
		run("check models/two_increments.c --watch x", 1, &found);

	explorer_arguments(&arguments, "replay --format json");
	arguments_add(
		&arguments,
		json_string_value(json_object_get(
			json_array_get(json_object_get(found.json, "outcomes"),
				       0),
			"trace")));
	explorer_run(&arguments, NULL, &answer);
	answer_expect(&answer, 0);
	expect_members("replay", answer.json, of_replay);
	cr_expect(eq(str, (char *)answer_string(&answer, "result"),
		     "reproduced"));
	cr_expect(eq(sz,
		     json_array_size(json_object_get(answer.json, "outcomes")),
		     1));
	answer_fini(&answer);
	answer_fini(&found);
	arguments_fini(&arguments);
	scratch_remove(folder);
}

/* The same search again says the same, but for the time it took and the names
 * of the traces. */
Test(json_contract, the_same_question_has_the_same_answer)
{
	static const char *const questions[] = {
		"check models/counter.c --watch x",
		"sample models/counter.c --watch x --runs 200 --seed 5"};

	for (int i = 0; i < 2; i++) {
		struct answer answers[2];

		for (int k = 0; k < 2; k++) {
			char *folder = run(questions[i], 1, &answers[k]);
			const json_t *outcome;
			size_t n;

			json_object_del(answers[k].json, "seconds");
			json_array_foreach(
				json_object_get(answers[k].json, "outcomes"), n,
				outcome)
				json_object_del((json_t *)(uintptr_t)outcome,
						"trace");
			json_array_foreach(
				json_object_get(answers[k].json, "findings"), n,
				outcome)
				json_object_del((json_t *)(uintptr_t)outcome,
						"trace");
			scratch_remove(folder);
		}
		if (!json_equal(answers[0].json, answers[1].json))
			cr_fail("%s\nfirst\n%s\nthen\n%s", questions[i],
				answers[0].run.out, answers[1].run.out);
		answer_fini(&answers[0]);
		answer_fini(&answers[1]);
	}
}

/* docs/json.md has a word on each member; those of "values" are the user's. */
static void expect_described(const char *document, json_t *value)
{
	const char *name;
	json_t *member;
	size_t i;

	json_array_foreach(value, i, member) expect_described(document, member);
	json_object_foreach(value, name, member)
	{
		char *quoted;

		cr_assert(ge(int, asprintf(&quoted, "`%s`", name), 0));
		cr_expect_not_null(strstr(document, quoted), "%s", quoted);
		free(quoted);
		if (strcmp(name, "values") != 0)
			expect_described(document, member);
	}
}

Test(json_contract, each_member_is_described)
{
	static const struct {
		const char *words;
		int status;
	} runs[] = {
		{"check models/counter.c --watch x", 1},
		{"check models/counter.c --preemptions 1", 1},
		{"check models/counter.c --find x==2", 1},
		{"check models/counter.c --max-executions 2", 1},
		{"check models/deadlock.c --delays 1", 1},
		{"check models/bank_account.c", 1},
		{"check tests/programs/output_much.c", 0},
		{"check tests/programs/heap_out_of_bounds.c", 1},
		{"check tests/programs/misuse_unlock_free.c", 1},
		{"sample models/counter.c --runs 5", 1},
		{"compare models/counter_lock.c --runs 1 --samples 5", 0},
	};
	char *document = scratch_read("docs/json.md");

	for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++) {
		struct answer answer;
		char *folder = run(runs[i].words, runs[i].status, &answer);

		expect_described(document, answer.json);
		answer_fini(&answer);
		scratch_remove(folder);
	}
	free(document);
}

Test(json_contract, each_member_of_a_trace_is_described)
{
	static const char *const commands[] = {"replay", "show"};
	char *document = scratch_read("docs/json.md");
	struct answer found;
	char *folder =
		run("check models/two_increments.c --watch x", 1, &found);
	const json_t *outcomes = json_object_get(found.json, "outcomes");

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		struct arguments arguments = {0};
		struct answer answer;

		explorer_arguments(&arguments, commands[i]);
		arguments_add(&arguments,
			      json_string_value(json_object_get(
				      json_array_get(outcomes, 0), "trace")));
		arguments_add_words(&arguments, "--format json");
		explorer_run(&arguments, NULL, &answer);
		answer_expect(&answer, 0);
		expect_described(document, answer.json);
		answer_fini(&answer);
		arguments_fini(&arguments);
	}
	answer_fini(&found);
	scratch_remove(folder);
	free(document);
}
