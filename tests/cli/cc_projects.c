/*
 * Projects of the usual kinds build with `explorer cc` as their compiler: a
 * shared library and a program that uses it, in tests/cc/project.
 */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "support/explorer.h"
#include "support/shell.h"

/* Builds a copy of the project, then runs the program that came of it. */
static void project_builds(const char *build, const char *program)
{
	char *folder = shell_folder("log", "");
	char *script = NULL;
	int length = asprintf(&script,
			      "cp -r \"$TOP\"/tests/cc/project/. .\n"
			      "{ %s ; } >>log 2>&1 || { cat log; exit 1; }\n"
			      "cd /\n"
			      "\"$OLDPWD\"/%s\n",
			      build, program);

	cr_assert(length > 0);
	shell_prints(folder, script, "x = 2\n");
	free(script);
	shell_mentions(folder, "find . -name 'libcount.so' | xargs nm -D",
		       "U __tsan_write4");
	scratch_remove(folder);
}

static void need(const char *program)
{
	char *command = NULL;

	cr_assert(asprintf(&command, "command -v %s >/dev/null", program) > 0);
	if (system(command) != 0)
		cr_skip_test("%s is not installed", program);
	free(command);
}

Test(cc_projects, makefile)
{
	project_builds("make -f project.mk CC=\"$EXPLORER cc\"", "program");
}

Test(cc_projects, makefile_with_clang)
{
	need("clang");
	project_builds("EXPLORER_CC=clang make -f project.mk "
		       "CC=\"$EXPLORER cc\"",
		       "program");
}

Test(cc_projects, cmake_by_environment)
{
	need("cmake");
	project_builds("CC=\"$EXPLORER cc\" cmake -B build && "
		       "cmake --build build",
		       "build/program");
}

Test(cc_projects, cmake_by_definition)
{
	need("cmake");
	project_builds("cmake -B build -DCMAKE_C_COMPILER="
		       "\"$(dirname \"$EXPLORER\")\"/explorer-cc && "
		       "cmake --build build",
		       "build/program");
}

Test(cc_projects, autotools)
{
	need("autoreconf");
	need("libtoolize");
	project_builds("autoreconf -i && ./configure CC=\"$EXPLORER cc\" && "
		       "make",
		       "program");
}
