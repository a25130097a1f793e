/* The trace that the user names. */
#include "cli/trace_file.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/redirect.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void expect_refusal(const char *path, const char *complaint)
{
	struct trace trace;

	cr_redirect_stderr();
	cr_expect(eq(int, trace_file_read(path, &trace), -1));
	fflush(stderr);
	cr_expect_stderr_eq_str(complaint);
}

Test(trace_file, that_is_missing_is_named)
{
	expect_refusal("no/such.trace",
		       "explorer: cannot read the trace 'no/such.trace': No "
		       "such file or directory\n");
}

Test(trace_file, that_is_a_folder_is_named)
{
	expect_refusal("/tmp", "explorer: '/tmp' is a folder, not a trace\n");
}

Test(trace_file, that_is_wrong_is_named_with_the_line)
{
	char path[] = "/tmp/explorer-trace-XXXXXX";
	char beginning[80];
	struct trace trace;
	char said[400] = {0};
	int file = mkstemp(path);
	FILE *errors;

	cr_assert(ge(int, file, 0));
	cr_assert(eq(long, write(file, "no trace\n", 9), 9));
	close(file);
	errors = freopen("/tmp/explorer-trace-errors", "w+", stderr);
	cr_assert_not_null(errors);
	cr_expect(eq(int, trace_file_read(path, &trace), -1));
	rewind(errors);
	cr_expect_not_null(fgets(said, sizeof(said), errors));
	snprintf(beginning, sizeof(beginning), "explorer: %s:1: ", path);
	cr_expect(zero(int, strncmp(said, beginning, strlen(beginning))), "%s",
		  said);
	unlink(path);
	unlink("/tmp/explorer-trace-errors");
}
