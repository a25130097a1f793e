/*
 * explorer/base/diagnostic.c
 */
#include "base/diagnostic.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/redirect.h>
#include <stdio.h>

Test(diagnostic, complaints_name_the_command, .init = cr_redirect_stderr)
{
	complain("no such file '%s'", "a.c");
	fflush(stderr);
	cr_assert_stderr_eq_str("explorer: no such file 'a.c'\n");
}

Test(diagnostic, remarks_do_not, .init = cr_redirect_stderr)
{
	remark("%d traces", 3);
	fflush(stderr);
	cr_assert_stderr_eq_str("3 traces\n");
}

static void clear(void *context)
{
	fputs(context, stderr);
}

Test(diagnostic, clears_the_progress_line_first, .init = cr_redirect_stderr)
{
	char mark[] = "<clear>";

	diagnostic_clear_with(clear, mark);
	complain("a");
	remark("b");
	diagnostic_clear_with(NULL, NULL);
	complain("c");
	fflush(stderr);
	cr_assert_stderr_eq_str("<clear>explorer: a\n"
				"<clear>b\n"
				"explorer: c\n");
}
