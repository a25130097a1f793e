/*
 * A function of pthreads, semaphore.h or threads.h that is not there yet ends
 * the search: results so far, one sentence with the function and its line, and
 * exit status 2, or 1 where something was found before.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

struct unsupported_call {
	char function[40];
	char call[120];
	char objects[120];
};

static struct unsupported_call calls[] = {
	{"fork", "fork()", "int fork(void);"},
	{"dlopen", "dlopen(\"libm.so.6\", 2)",
	 "void *dlopen(const char *, int);"},
	{"execv", "execv(\"/bin/true\", 0)",
	 "int execv(const char *, char *const *);"},
	{"syscall(SYS_futex)", "syscall(202, &x, 3, 1, 0, 0, 0)",
	 "extern int x; long syscall(long, ...);"},
	{"pthread_atfork", "pthread_atfork(0, 0, 0)", ""},
};

/* The call stands in this line of the program. */
#define CALL_LINE "12"
#define PROGRAM                                                                \
	"#define _GNU_SOURCE\n"                                                \
	"#include <pthread.h>\n"                                               \
	"#include <semaphore.h>\n"                                             \
	"#include <threads.h>\n"                                               \
	"#include <time.h>\n"                                                  \
	"%s\n"                                                                 \
	"int x;\n"                                                             \
	"void *the_thread(void *);\n"                                          \
	"void *the_thread(void *unused)\n"                                     \
	"{\n"                                                                  \
	"	x = 1;\n"                                                            \
	"	%s;\n"                                                               \
	"	return unused;\n"                                                    \
	"}\n"                                                                  \
	"int main(void)\n"                                                     \
	"{\n"                                                                  \
	"	pthread_t t1;\n"                                                     \
	"	pthread_create(&t1, NULL, the_thread, NULL);\n"                      \
	"	pthread_join(t1, NULL);\n"                                           \
	"	return 0;\n"                                                         \
	"}\n"

ParameterizedTestParameters(unsupported, names_function_and_line)
{
	return cr_make_param_array(struct unsupported_call, calls,
				   sizeof(calls) / sizeof(*calls), NULL);
}

ParameterizedTest(const struct unsupported_call *call, unsupported,
		  names_function_and_line)
{
	char *folder = scratch_folder("unsupported");
	struct arguments arguments = {0};
	struct answer answer;
	char *text;
	char *path;

	cr_assert(ge(int, asprintf(&text, PROGRAM, call->objects, call->call),
		     0));
	path = scratch_write(folder, "unsupported.c", text);
	explorer_arguments(&arguments, "check --format json --output");
	arguments_add(&arguments, folder);
	arguments_add(&arguments, path);
	explorer_run(&arguments, NULL, &answer);
	if (answer.run.status != 2 ||
	    strstr(answer.run.err, call->function) == NULL ||
	    strstr(answer.run.err, "unsupported.c:" CALL_LINE) == NULL)
		cr_fail("%s\nexpected status 2, %s and unsupported.c:%s on "
			"standard error\nactual status %d, signal %d\nstdout: "
			"%.2000s\nstderr: %.2000s",
			call->function, call->function, CALL_LINE,
			answer.run.status, answer.run.signal, answer.run.out,
			answer.run.err);
	answer_fini(&answer);
	arguments_fini(&arguments);
	free(text);
	free(path);
	scratch_remove(folder);
}

/* Only one order gets to the call; in the others there is a race to find. */
Test(unsupported, findings_before_it_decide_the_status)
{
	char *folder = scratch_folder("unsupported");
	struct answer answer;
	struct arguments arguments = {0};
	char *path = scratch_write(folder, "late.c",
				   "#include <pthread.h>\n"
				   "int x;\n"
				   "int fork(void);\n"
				   "void *one(void *unused)\n"
				   "{\n"
				   "	x = 1;\n"
				   "	return unused;\n"
				   "}\n"
				   "void *two(void *unused)\n"
				   "{\n"
				   "	if (x == 0)\n"
				   "		x = 2;\n"
				   "	return unused;\n"
				   "}\n"
				   "int main(void)\n"
				   "{\n"
				   "	pthread_t t1, t2;\n"
				   "	pthread_create(&t1, NULL, one, NULL);\n"
				   "	pthread_create(&t2, NULL, two, NULL);\n"
				   "	pthread_join(t1, NULL);\n"
				   "	pthread_join(t2, NULL);\n"
				   "	if (x == 2)\n"
				   "		fork();\n"
				   "	return 0;\n"
				   "}\n");

	explorer_arguments(&arguments, "check --format json --output");
	arguments_add(&arguments, folder);
	arguments_add(&arguments, path);
	explorer_run(&arguments, NULL, &answer);
	answer_expect(&answer, 1);
	cr_expect(ne(ptr, strstr(answer.run.err, "late.c:23"), NULL));
	answer_fini(&answer);
	arguments_fini(&arguments);
	free(path);
	scratch_remove(folder);
}
