/*
 * Libraries that were not built with explorer cc: those that change variables
 * of their own are named, and what cannot be explored is refused.
 */
#include <criterion/criterion.h>

#include "support/explorer.h"
#include "support/shell.h"

static const char library[] = "#include <pthread.h>\n"
			      "static int count;\n"
			      "static int same = 3;\n"
			      "void *begin(void *unused) { return unused; }\n"
			      "int keep(void) { same = 3; return same; }\n"
			      "int change(void) { return ++count; }\n";

#define BUILD(compiler)                                                        \
	compiler " -g -shared -fPIC library.c -o libother.so\n"                \
		 "printf 'int keep(void); int change(void);\\n"                \
		 "int main(int argc, char **argv) { (void)argv;\\n"            \
		 "return argc > 1 ? change() == 9 : keep() == 9; }\\n'"        \
		 " >main.c\n"                                                  \
		 "\"$EXPLORER\" cc -g main.c -L. -lother -Wl,-rpath,$PWD"      \
		 " -o main\n"

static void mentions(const char *script, const char *words)
{
	char *folder = shell_folder("library.c", library);

	shell_mentions(folder, script, words);
	scratch_remove(folder);
}

Test(foreign, library_that_changes_its_variables_is_named)
{
	mentions(BUILD("gcc") "\"$EXPLORER\" check ./main -- x || "
			      "test $? = 3\n",
		 "libother.so was not built with explorer cc and has changed "
		 "its variables");
}

Test(foreign, library_that_changes_nothing_is_not)
{
	mentions(BUILD("gcc") "\"$EXPLORER\" check ./main\n", "VERIFIED");
}

Test(foreign, library_that_was_built_with_explorer_cc_is_not)
{
	mentions(BUILD("\"$EXPLORER\" cc") "\"$EXPLORER\" check ./main -- x\n",
		 "VERIFIED");
}

Test(foreign, library_may_be_trusted)
{
	mentions(BUILD("gcc") "\"$EXPLORER\" check ./main --trust libother.so "
			      "-- x\n",
		 "VERIFIED");
}

Test(foreign, library_loaded_late_is_refused)
{
	char *folder = shell_folder("library.c", library);

	shell_fails(folder,
		    "gcc -g -shared -fPIC library.c -o late.so\n"
		    "printf '#include <dlfcn.h>\\n"
		    "int main(void) { return !dlopen(\"./late.so\", 2); }\\n'"
		    " >main.c\n"
		    "\"$EXPLORER\" check main.c\n",
		    2,
		    "dlopen of a library that the program is not linked with, "
		    "called in main() main.c:2, is not supported");
	scratch_remove(folder);
}

Test(foreign, thread_of_a_constructor_is_refused)
{
	char *folder = shell_folder(
		"main.c",
		"#include <pthread.h>\n"
		"static void *run(void *unused) { return unused; }\n"
		"__attribute__((constructor)) static void begin(void)\n"
		"{ pthread_t thread; pthread_create(&thread, 0, run, 0); }\n"
		"int main(void) { return 0; }\n");

	shell_fails(folder, "\"$EXPLORER\" check main.c\n", 2,
		    "a thread is started before main, by a constructor; that "
		    "cannot be explored");
	scratch_remove(folder);
}
