/*
 * What `make install` puts in place works from there, and goes away again;
 * what is missing for a build is said in one sentence.
 */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "support/explorer.h"
#include "support/shell.h"

/* The make that runs these tests hands down a job server that is not for us,
 * and variables that are: the same flags mean that nothing is compiled anew. */
#define MAKE                                                                   \
	"make() { env MAKEFLAGS=\"${MAKEFLAGS#*--jobserver-auth=*[0-9] }\" "   \
	"make -s -C \"$TOP\" DESTDIR=\"$PWD/root\" PREFIX=/opt/it \"$@\" "     \
	">log 2>&1 || { cat log; exit 1; }; }\n"

static const char source[] = "#include <stdio.h>\n"
			     "int x;\n"
			     "int main(void)\n"
			     "{\n"
			     "\tprintf(\"x = %d\\n\", ++x);\n"
			     "\treturn 0;\n"
			     "}\n";

Test(installed, works_and_can_be_removed)
{
	char *folder = shell_folder("x.c", source);

	shell_prints(folder,
		     MAKE "make install\n"
			  "PATH=\"$PWD/root/opt/it/bin:$PATH\"\n"
			  "explorer cc x.c -o x; ./x\n"
			  "explorer-cc -c x.c; explorer-c++ x.o -o y; ./y\n"
			  "explorer check x.c --watch x --quiet "
			  "--format json | grep -o '\"verified\"'\n"
			  "ldd x | grep -o 'root/opt/it/lib/explorer/.*[.]so'\n"
			  "grep -c '^.SH' root/opt/it/share/man/man1/* "
			  "| sed 's/[1-9][0-9]*/some/'\n"
			  "make uninstall; find root -type f -o -type l",
		     "x = 1\nx = 1\n\"verified\"\n"
		     "root/opt/it/lib/explorer/libexplorer.so\nsome\n");
	scratch_remove(folder);
}

/* A machine with a compiler and little else. */
Test(packages, are_named_where_they_cannot_be_installed)
{
	char *folder = shell_folder("log", "");

	shell_fails(folder,
		    "mkdir bin; for program in bash sed gcc id; do\n"
		    "ln -s \"$(command -v $program)\" bin; done\n"
		    "PATH=$PWD/bin bash \"$TOP/.ci/packages\" --install lint",
		    2,
		    "please install these packages first: clang-format "
		    "clang-tidy cppcheck\n");
	scratch_remove(folder);
}

/* An apt that counts who is there at once, slowly enough for a second to come.
 * It brings nothing. */
#define SLOW_APT                                                               \
	"printf '#!/bin/sh\nmkdir busy || echo two at once >>met\n"            \
	"sleep 0.3; rmdir busy; exit 0\n' >bin/apt-get\n"                      \
	"printf '#!/bin/sh\necho 0\n' >bin/id\n"                               \
	"chmod +x bin/apt-get bin/id\n"

/* make asks for those of several goals at the same time; apt would refuse. */
Test(packages, are_installed_by_one_at_a_time)
{
	char *folder = shell_folder("log", "");

	shell_prints(
		folder,
		"mkdir bin; for program in bash sh sed gcc env flock mkdir "
		"rmdir sleep; do\n"
		"ln -s \"$(command -v $program)\" bin; done\n" SLOW_APT
		"export PATH=$PWD/bin\n"
		"for i in 1 2 3; do\n"
		"bash \"$TOP/.ci/packages\" --install lint 2>/dev/null &\n"
		"done; wait\n"
		"[ ! -e met ] && echo one by one",
		"one by one\n");
	scratch_remove(folder);
}

Test(packages, are_no_matter_where_they_are_there)
{
	char *folder = shell_folder("log", "");

	shell_prints(folder, "\"$TOP/.ci/packages\" build 2>&1", "");
	scratch_remove(folder);
}
