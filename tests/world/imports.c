/*
 * Builds imports/program.c with calls of several functions, and asks it what it
 * imports.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#define FLAGS 1
#define STATE 2

static int status_of(const char *command)
{
	int status = system(command);

	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* What the program says of itself, built with `flags` and calling `use`. */
static int seen(const char *use, const char *flags)
{
	char folder[] = "/tmp/explorer-imports-XXXXXX";
	const char *compiler = getenv("CC");
	char command[1024];
	int status;

	cr_assert(mkdtemp(folder) != NULL);
	snprintf(command, sizeof command,
		 "%s -std=gnu11 -D_GNU_SOURCE -O0 -Iexplorer '-DUSE=%s' %s "
		 "tests/world/imports/program.c explorer/world/imports.c "
		 "-lm -o %s/program",
		 compiler != NULL ? compiler : "gcc", use, flags, folder);
	cr_assert(eq(int, status_of(command), 0));
	snprintf(command, sizeof command, "%s/program", folder);
	status = status_of(command);
	snprintf(command, sizeof command, "rm -r %s", folder);
	cr_assert(eq(int, status_of(command), 0));
	return status;
}

Test(imports, sees_neither_in_an_ordinary_program)
{
	cr_assert(eq(int, seen("strerror(printf(\"\"))", ""), 0));
	cr_assert(eq(int, seen("feraiseexcept(FE_OVERFLOW)", ""), 0));
}

Test(imports, knows_who_sees_exception_flags)
{
	cr_assert(eq(int, seen("fetestexcept(FE_OVERFLOW)", ""), FLAGS));
	cr_assert(eq(int, seen("feholdexcept(&(fenv_t){0})", ""), FLAGS));
}

Test(imports, knows_who_sees_thread_state)
{
	cr_assert(eq(int, seen("dlerror()", ""), STATE));
	cr_assert(eq(int, seen("uselocale(0)", ""), STATE));
	cr_assert(eq(int, seen("h_errno", ""), STATE));
}

Test(imports, trusts_nobody_who_looks_functions_up)
{
	cr_assert(eq(int, seen("dlsym(0, \"\")", ""), FLAGS | STATE));
}

Test(imports, reads_the_older_hash_as_well)
{
	const char *flags = "-Wl,--hash-style=sysv";

	cr_assert(eq(int, seen("puts(\"\")", flags), 0));
	cr_assert(eq(int, seen("fetestexcept(FE_OVERFLOW)", flags), FLAGS));
}
