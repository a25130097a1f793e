/*
 * --recheck: what a schedule does otherwise a second time is found, and what is
 * always the same is not.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

/* What main makes of `source`, and what then depends on it. */
#define PROGRAM                                                                \
	"#include <pthread.h>\n"                                               \
	"#include <stdio.h>\n"                                                 \
	"#include <sys/random.h>\n"                                            \
	"#include <unistd.h>\n"                                                \
	"static int x, y;\n"                                                   \
	"static void *other(void *a) { x = 1; y = 1; return a; }\n"            \
	"static unsigned long source(void)\n"                                  \
	"{\n"                                                                  \
	"	unsigned long value = 0;\n"                                          \
	"	%s\n"                                                                \
	"	return value;\n"                                                     \
	"}\n"                                                                  \
	"int main(void)\n"                                                     \
	"{\n"                                                                  \
	"	pthread_t t;\n"                                                      \
	"	unsigned long value = source();\n"                                   \
	"	pthread_create(&t, NULL, other, NULL);\n"                            \
	"	%s\n"                                                                \
	"	pthread_join(t, NULL);\n"                                            \
	"	return 0;\n"                                                         \
	"}\n"

/* Where a second execution is to differ from the first, however it is drawn:
 * the digits of 64 random bits are the same once in 2^64 times. */
#define DRAW "getrandom(&value, sizeof(value), 0);"
#define STEPS                                                                  \
	"for (unsigned i = 0; i < 64; i++) *(value >> i & 1 ? &x : &y) = 2;"
#define PRINT "printf(\"%lu\\n\", value);"

static void search(const char *name, const char *source, const char *use,
		   const char *options, struct answer *ret_answer)
{
	char *folder = scratch_folder("recheck");
	struct arguments arguments = {0};
	char *text;
	char *path;

	cr_assert(ge(int, asprintf(&text, PROGRAM, source, use), 0));
	path = scratch_write(folder, name, text);
	explorer_arguments(&arguments, "check --format json --output");
	arguments_add(&arguments, folder);
	arguments_add_words(&arguments, options);
	arguments_add(&arguments, path);
	explorer_run(&arguments, NULL, ret_answer);
	arguments_fini(&arguments);
	free(path);
	free(text);
	scratch_remove(folder);
}

/* The only finding of that kind says these words. */
static void expect(const struct answer *answer, const char *const *words)
{
	const json_t *findings = json_object_get(answer->json, "findings");
	const char *message = "";
	unsigned count = 0;

	for (size_t i = 0; i < json_array_size(findings); i++) {
		const json_t *finding = json_array_get(findings, i);

		if (strcmp(json_string_value(json_object_get(finding, "kind")),
			   "nondeterminism") != 0)
			continue;
		count++;
		message =
			json_string_value(json_object_get(finding, "message"));
	}
	if (count != 1)
		cr_fail("%u nondeterminisms\n%s%s", count, answer->run.out,
			answer->run.err);
	for (; *words != NULL; words++)
		if (strstr(message, *words) == NULL)
			cr_fail("expected %s, actual %s", *words, message);
}

Test(recheck, tells_of_another_step_and_the_likely_call)
{
	struct answer answer;

	search("steps.c", DRAW, STEPS,
	       "--strategy dpor --max-executions 50 --recheck", &answer);
	expect(&answer,
	       (const char *const[]){"in main() steps.c:", "a second time",
				     "likely cause: getrandom(), called in "
				     "source() steps.c:",
				     NULL});
	answer_fini(&answer);
}

Test(recheck, tells_of_another_output_with_the_same_steps)
{
	struct answer answer;

	search("print.c", DRAW, PRINT, "--max-executions 5 --recheck", &answer);
	expect(&answer,
	       (const char *const[]){"output", "in main() print.c:",
				     "came to something else a second time",
				     "likely cause: getrandom()", NULL});
	answer_fini(&answer);
}

Test(recheck, tells_of_what_differs_between_processes)
{
	struct answer answer;

	search("process.c", "value = (unsigned long)getpid();", PRINT,
	       "--recheck", &answer);
	expect(&answer,
	       (const char *const[]){"a second time",
				     "likely cause: getpid(), called in "
				     "source() process.c:",
				     NULL});
	answer_fini(&answer);
}

Test(recheck, finds_nothing_where_all_is_the_same)
{
	struct answer once;
	struct answer twice;

	search("same.c", "value = 3;", STEPS, "--strategy dpor --no data-race",
	       &once);
	search("same.c", "value = 3;", STEPS,
	       "--strategy dpor --no data-race --recheck", &twice);
	cr_expect(eq(int,
		     json_array_size(json_object_get(twice.json, "findings")),
		     0));
	cr_expect(eq(
		int,
		json_integer_value(json_object_get(once.json, "executions")),
		json_integer_value(json_object_get(twice.json, "executions"))));
	cr_expect(
		json_equal(json_object_get(once.json, "incomplete_because"),
			   json_object_get(twice.json, "incomplete_because")));
	answer_fini(&once);
	answer_fini(&twice);
}

Test(recheck, is_not_for_states)
{
	struct arguments arguments = {0};
	struct answer answer;

	explorer_arguments(&arguments, "check --recheck --strategy states "
				       "models/counter.c");
	explorer_run(&arguments, NULL, &answer);
	cr_expect(eq(int, answer.run.status, 2));
	cr_expect(ne(ptr, strstr(answer.run.err, "--recheck"), NULL));
	answer_fini(&answer);
	arguments_fini(&arguments);
}
