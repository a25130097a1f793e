/*
 * Bad input: one sentence on standard error, nothing on standard output, and
 * exit status 2.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "support/built.h"
#include "support/explorer.h"

/* %s in the words is the test's own folder. */
static void refused(const char *words, const char *folder, const char *says)
{
	struct answer answer;
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);
	const char *at;

	while ((at = strstr(words, "%s")) != NULL) {
		fprintf(stream, "%.*s%s", (int)(at - words), words, folder);
		words = at + 2;
	}
	fputs(words, stream);
	fclose(stream);
	explorer_words(text, &answer);
	answer_expect_refusal(&answer, says);
	answer_fini(&answer);
	free(text);
}

struct bad_words {
	char words[160];
	char says[80];
};

static struct bad_words wrong_usage[] = {
	{"check", ""},
	{"frobnicate", "frobnicate"},
	{"minimise x.trace", "minimise"},
	{"check --frobnicate models/counter.c", "unknown option"},
	{"check models/counter.c --strategy oracle", "oracle"},
	{"check models/counter.c --strategy dfs --prefer 1", "--prefer"},
	{"check models/counter.c --strategy states --prefer 1", "--prefer"},
	{"check models/counter.c --preemptions 1 --prefer 1", "--prefer"},
	{"check models/counter.c --prefer 1 --shortest", "--prefer"},
	{"check models/counter.c --strategy source-dpor --preemptions 1",
	 "--preemptions"},
	{"check models/counter.c --strategy source-dpor --delays 1",
	 "--delays"},
	{"check models/counter.c --delays 1 --preemptions 1", "one bound"},
	{"check models/counter.c --find-state x==1 --find x==1", "one of the"},
	{"check models/counter.c --symmetry --shortest", "--symmetry"},
	{"check models/counter.c --symmetry --paranoid", "--symmetry"},
	{"check models/counter.c --symmetry --delays 2", "--symmetry"},
	{"check models/counter.c --symmetry --strategy dpor", "--symmetry"},
	{"check models/counter.c --find-state x==1 --shortest", "--find-state"},
	{"check models/counter.c --find-state x==1 --preemptions 1",
	 "--find-state"},
	{"check models/counter.c --find-state x==1 --strategy dfs",
	 "--find-state"},
	{"check models/counter.c --find-state x==1 --prefer 1", "--prefer"},
	{"check models/counter.c --find-state x==", "--find-state: column"},
	{"check models/counter.c --find-state nothing==1", "nothing"},
	{"check tests/programs/find_state.c --find-state ratio==1",
	 "no integer"},
	{"check tests/programs/watch_expected.c --find-state count==1",
	 "explorer_watch() only --find and --expect know"},
	{"check models/counter.c --preemptions up-to", "--preemptions"},
	{"check models/counter.c --runs 5", "unknown option"},
	{"check models/counter.c --preemptions -1", "--preemptions"},
	{"check models/counter.c --preemptions 99999999999999999999",
	 "--preemptions"},
	{"check models/counter.c --preemptions two", "--preemptions"},
	{"check models/counter.c --max-steps 0", "--max-steps"},
	{"check models/counter.c --max-executions 1.5", "--max-executions"},
	{"check models/counter.c --max-traces -3", "--max-traces"},
	{"check models/counter.c --time-limit banana", "--time-limit"},
	{"check models/counter.c --time-limit -5s", "--time-limit"},
	{"sample models/counter.c --runs 0", "--runs"},
	{"sample models/counter.c --seed x", "--seed"},
	{"native models/counter.c --runs 0", "--runs"},
	{"check models/counter.c --format yaml", "yaml"},
	{"check models/counter.c --color sometimes", "sometimes"},
	{"check models/counter.c --accept everything", "everything"},
	{"check models/counter.c --watch", "--watch"},
	{"check models/counter.c --stdin nowhere.txt", "nowhere.txt"},
	{"check models/nowhere.c", "nowhere.c"},
	{"check nowhere/at-all", "nowhere/at-all"},
	{"check models", "models"},
	{"check tests/vectors/README.md", "README.md"},
	{"replay nowhere.trace", "nowhere.trace"},
	{"replay", ""},
	{"show nowhere.trace", "nowhere.trace"},
	{"show models/counter.c", "counter.c"},
	{"replay tests/vectors/programs.txt", "programs.txt"},
};

ParameterizedTestParameters(bad_input, is_refused)
{
	return cr_make_param_array(struct bad_words, wrong_usage,
				   sizeof(wrong_usage) / sizeof(*wrong_usage),
				   NULL);
}

ParameterizedTest(const struct bad_words *bad, bad_input, is_refused)
{
	refused(bad->words, "", bad->says);
}

Test(bad_input, the_compilers_words_are_shown)
{
	char *folder = scratch_folder("broken");
	char *path =
		scratch_write(folder, "broken.c",
			      "int main(void)\n{\n\treturn nonsense;\n}\n");

	refused("check %s/broken.c", folder, "nonsense");
	refused("check %s/broken.c", folder, "broken.c:3");
	refused("check %s/broken.c", folder, "broken.c does not compile");
	free(path);
	path = scratch_write(folder, "part.c", "int part;\n");
	refused("check %s/part.c", folder, "part.c does not link");
	refused("check %s/part.c", folder, "undefined reference to `main'");
	free(path);
	scratch_remove(folder);
}

static void forbid(const char *folder, const char *name)
{
	char *path;

	cr_assert(ge(int, asprintf(&path, "%s/%s", folder, name), 0));
	cr_assert(zero(int, chmod(path, 0600)));
	free(path);
}

Test(bad_input, programs_built_otherwise_are_told_apart)
{
	char *folder = scratch_folder("built");
	const char *source = "tests/programs/lost_update.c";

	free(built("gcc -pthread -o", source, folder, "plain"));
	free(built("gcc -pthread -static -o", source, folder, "static"));
	free(built("gcc -pthread -fsanitize=thread -o", source, folder,
		   "libtsan"));
	free(built("gcc -pthread -c -o", source, folder, "object.o"));
	free(scratch_write(folder, "script", "#!/bin/sh\nexit 0\n"));
	free(built("gcc -pthread -o", source, folder, "forbidden"));
	refused("check %s/plain", folder, "explorer cc");
	refused("check %s/static", folder, "static");
	refused("check %s/libtsan", folder, "libtsan");
	refused("check %s/object.o", folder, "object.o");
	refused("check %s/script", folder, "script");
	forbid(folder, "forbidden");
	refused("check %s/forbidden", folder, "Permission denied");
	scratch_remove(folder);
}

Test(bad_input, names_to_watch_must_exist_and_be_shown)
{
	char *folder = scratch_folder("watch");

	free(scratch_write(folder, "watched.c",
			   "int counter;\n"
			   "struct { int a; } pair;\n"
			   "int table[4];\n"
			   "int main(void)\n"
			   "{\n\treturn counter + pair.a + table[0];\n}\n"));
	refused("check %s/watched.c --watch countre", folder, "counter");
	refused("check %s/watched.c --watch pair", folder, "pair");
	refused("check %s/watched.c --watch table", folder, "table");
	refused("check %s/watched.c --watch pair.b", folder, "'b'");
	refused("check %s/watched.c --watch table[4]", folder, "table[4]");
	refused("check %s/watched.c --watch main", folder, "main");
	scratch_remove(folder);
}

Test(bad_input, expressions_that_do_not_parse_are_pointed_at)
{
	const char *program = "check tests/programs/lost_update.c --expect";
	static const struct {
		const char *expression;
		const char *says;
	} cases[] = {
		{"x==", "column 4"},
		{"==x", "column 1"},
		{"(x==1", "column"},
		{"x==1)", "column 5"},
		{"x$1", "column 2"},
		{"1+*2", "column"},
		{"y==1", "y"},
		{"", "--expect"},
		{"x==1 1", "column 6"},
		{"x==0x", "column"},
		{"x==99999999999999999999999", "column"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arguments arguments = {0};
		struct answer answer;

		explorer_arguments(&arguments, program);
		arguments_add(&arguments, cases[i].expression);
		explorer_run(&arguments, NULL, &answer);
		answer_expect_refusal(&answer, cases[i].says);
		answer_fini(&answer);
		arguments_fini(&arguments);
	}
}

/* The results, if there are any by then, are printed all the same. */
static void cannot_write(const char *output)
{
	struct arguments arguments = {0};
	struct answer answer;

	explorer_arguments(&arguments, "check tests/programs/lost_update.c "
				       "--watch x --format json --output");
	arguments_add(&arguments, output);
	explorer_run(&arguments, NULL, &answer);
	if (answer.run.status != 2 || answer.run.err_length == 0 ||
	    (answer.run.out_length != 0 && answer.json == NULL))
		cr_fail("%s\nexpected status 2 and a sentence, actual %d\n"
			"stdout: %s\nstderr: %s",
			answer.run.command, answer.run.status, answer.run.out,
			answer.run.err);
	answer_fini(&answer);
	arguments_fini(&arguments);
}

Test(bad_input, folders_that_cannot_be_written_are_named)
{
	char *folder = scratch_folder("output");
	char *path = scratch_write(folder, "file", "in the way\n");
	char *below;

	cr_assert(ge(int, asprintf(&below, "%s/below", path), 0));
	cannot_write(path);
	cannot_write(below);
	cannot_write("/proc/nowhere");
	free(below);
	free(path);
	scratch_remove(folder);
}

Test(bad_input, a_full_standard_output_is_noticed)
{
	struct arguments arguments = {0};
	struct run run;
	char *script;

	cr_assert(ge(int,
		     asprintf(&script,
			      "%s check tests/programs/quiet_lock.c >/dev/full",
			      explorer_path()),
		     0));
	arguments_add_words(&arguments, "sh -c");
	arguments_add(&arguments, script);
	run_to_end(&arguments, NULL, &run);
	if (run.status != 2 || run.err_length == 0)
		cr_fail("%s\nexpected status 2 and a sentence, actual %d: %s",
			run.command, run.status, run.err);
	run_fini(&run);
	arguments_fini(&arguments);
	free(script);
}

/* A file system of 8 KB, which a trace with a full listing does not fit. */
Test(bad_input, a_full_disk_costs_the_trace_not_the_results)
{
	struct arguments arguments = {0};
	struct answer answer;
	struct run probe;
	char *folder = scratch_folder("full");
	char *script;

	arguments_add_words(&arguments, "unshare -rm mount -t tmpfs none");
	arguments_add(&arguments, folder);
	run_to_end(&arguments, NULL, &probe);
	arguments_fini(&arguments);
	if (probe.status != 0) {
		run_fini(&probe);
		scratch_remove(folder);
		cr_skip("file systems cannot be mounted here");
	}
	run_fini(&probe);
	cr_assert(ge(int,
		     asprintf(&script,
			      "mount -t tmpfs -o size=8k none %s && exec %s "
			      "sample models/counter.c --runs 2 --watch x "
			      "--full-listing --format json --output %s -- "
			      "2 500",
			      folder, explorer_path(), folder),
		     0));
	arguments_add_words(&arguments, "unshare -rm sh -c");
	arguments_add(&arguments, script);
	explorer_run(&arguments, NULL, &answer);
	answer_expect(&answer, 2);
	cr_expect(eq(i64, answer_integer(&answer, "executions"), 2));
	cr_expect(gt(sz, answer.run.err_length, 0));
	answer_fini(&answer);
	arguments_fini(&arguments);
	free(script);
	scratch_remove(folder);
}
