/*
 * `explorer cc` takes every form of command line that cc takes, and what it
 * makes calls the library at each access.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "support/explorer.h"
#include "support/shell.h"

/* Prints what it was compiled as. */
static const char source[] = "#include <stdio.h>\n"
			     "#include <string.h>\n"
			     "#ifndef RESULT\n"
			     "#define RESULT 1\n"
			     "#endif\n"
			     "int x;\n"
			     "char from[8], to[8];\n"
			     "int main(void)\n"
			     "{\n"
			     "\tx += RESULT;\n"
			     "\tmemcpy(to, from, 4);\n"
			     "\tprintf(\"x = %d\", x);\n"
			     "#ifdef __OPTIMIZE__\n"
			     "\tprintf(\", optimised\");\n"
			     "#endif\n"
			     "#ifdef __SANITIZE_THREAD__\n"
			     "\tprintf(\", sanitized\");\n"
			     "#endif\n"
			     "\tprintf(\"\\n\");\n"
			     "\treturn 0;\n"
			     "}\n";

/* One source file in a folder of its own, for each test. */
static char *folder;

static void open_folder(void)
{
	folder = shell_folder("x.c", source);
}

static void close_folder(void)
{
	scratch_remove(folder);
}

TestSuite(cc, .init = open_folder, .fini = close_folder);

Test(cc, compiles_and_links_in_one_call)
{
	shell_prints(folder, "cc x.c -o x; ./x", "x = 1\n");
	shell_prints(folder, "cc x.c; ./a.out", "x = 1\n");
}

Test(cc, compiles_first_and_links_later)
{
	shell_prints(folder, "cc -c x.c; cc x.o -o x; ./x", "x = 1\n");
	shell_prints(folder, "cc -c x.c -o y.o; cc -o y y.o; ./y", "x = 1\n");
}

Test(cc, takes_several_files)
{
	free(scratch_write(folder, "f.c", "int f(void) { return 7; }\n"));
	free(scratch_write(folder, "m.c",
			   "#include <stdio.h>\n"
			   "int f(void);\n"
			   "int main(void) { printf(\"%d\\n\", f()); }\n"));
	shell_prints(folder, "cc f.c m.c -o m; ./m", "7\n");
	shell_prints(folder, "cc -c f.c m.c; cc f.o m.o; ./a.out", "7\n");
	shell_prints(folder, "cc f.o m.c -o n; ./n", "7\n");
}

Test(cc, runs_from_any_folder)
{
	shell_prints(folder,
		     "cc x.c -o x; here=$PWD; cd /; "
		     "env -i \"$here/x\"",
		     "x = 1\n");
}

Test(cc, makes_shared_libraries)
{
	free(scratch_write(folder, "f.c",
			   "int x;\n"
			   "int f(void) { return ++x; }\n"));
	free(scratch_write(folder, "m.c",
			   "#include <stdio.h>\n"
			   "int f(void);\n"
			   "int main(void) { printf(\"%d\\n\", f()); }\n"));
	shell_prints(folder,
		     "cc -shared -fPIC -Wl,-z,defs f.c -o libf.so\n"
		     "cc m.c -L. -lf '-Wl,-rpath,$ORIGIN' -o m\n"
		     "./m",
		     "1\n");
	shell_mentions(folder, "nm -D libf.so", "U __tsan_write4");
}

Test(cc, makes_one_object_of_several)
{
	free(scratch_write(folder, "f.c", "int f;\n"));
	shell_prints(folder,
		     "cc -c x.c f.c; cc -r x.o f.o -o both.o; "
		     "cc both.o -o x; ./x",
		     "x = 1\n");
}

Test(cc, writes_dependencies)
{
	free(scratch_write(folder, "y.h", "#define Y 1\n"));
	free(scratch_write(folder, "y.c", "#include \"y.h\"\nint y = Y;\n"));
	shell_prints(folder, "cc -MMD -c y.c; cat y.d", "y.o: y.c y.h\n");
	shell_prints(folder, "cc -MMD -MF z.d -MT z -c y.c -o z.o; cat z.d",
		     "z: y.c y.h\n");
	shell_prints(folder, "cc -MM y.c", "y.o: y.c y.h\n");
}

Test(cc, stops_where_it_is_told_to)
{
	shell_mentions(folder, "cc -E -DRESULT=5 x.c", "x += 5;");
	shell_mentions(folder, "cc -S x.c; cat x.s", "__tsan_write4");
	shell_prints(folder, "cc -fsyntax-only x.c; ls", "x.c\nx.s\n");
	shell_prints(folder, "cc x.s -o x; ./x", "x = 1\n");
}

Test(cc, answers_what_the_compiler_would)
{
	shell_prints(folder,
		     "for asked in --version -dumpmachine -dumpversion "
		     "-print-file-name=libc.so; do\n"
		     "	test \"$(cc $asked)\" = \"$(gcc $asked)\"\n"
		     "done\n"
		     "cc -v 2>&1 | grep -c '^gcc version'",
		     "1\n");
}

Test(cc, shows_its_work)
{
	shell_mentions(folder, "cc -v x.c 2>&1", "collect2");
	shell_prints(folder, "rm a.out; cc -### x.c 2>/dev/null; ls", "x.c\n");
}

Test(cc, reads_response_files)
{
	free(scratch_write(folder, "words",
			   "-DRESULT=3\n'-o' \"x y\" @more\n"));
	free(scratch_write(folder, "more", "x\\.c"));
	shell_prints(folder, "cc @words; './x y'", "x = 3\n");
}

Test(cc, reads_standard_input)
{
	shell_prints(folder, "cc -x c - -o x <x.c; ./x", "x = 1\n");
	shell_prints(folder, "cc -xc -c - -o x.o <x.c; cc x.o; ./a.out",
		     "x = 1\n");
}

Test(cc, passes_words_with_blanks)
{
	shell_prints(folder, "cc '-DRESULT=(1 + 3)' x.c -o 'a b'; './a b'",
		     "x = 4\n");
}

Test(cc, passes_on_the_status)
{
	free(scratch_write(folder, "bad.c", "int main(void) { return y; }\n"));
	shell_fails(folder, "cc bad.c", 1, "'y' undeclared");
	shell_fails(folder, "cc -c bad.c", 1, "'y' undeclared");
	shell_fails(folder, "cc -c missing.c", 1, "missing.c");
	shell_fails(folder, "cc x.o", 1, "x.o");
}

Test(cc, does_not_optimise_unless_told)
{
	shell_prints(folder, "cc -O2 x.c; ./a.out", "x = 1\n");
	shell_prints(folder, "cc --keep-optimisation -O2 x.c; ./a.out",
		     "x = 1, optimised\n");
	shell_prints(folder,
		     "cc -O3 --keep-optimisation -c x.c; cc x.o; "
		     "./a.out",
		     "x = 1, optimised\n");
}

Test(cc, allows_fortified_sources)
{
	shell_prints(folder,
		     "cc -O2 -Wall -Werror -D_FORTIFY_SOURCE=2 x.c; ./a.out",
		     "x = 1\n");
	shell_prints(folder,
		     "cc -O2 -Wall -Werror -Wp,-D_FORTIFY_SOURCE=2 x.c; "
		     "./a.out",
		     "x = 1\n");
}

Test(cc, instruments_each_access)
{
	shell_prints(folder,
		     "cc -O2 -c x.c; objdump -dr x.o | "
		     "grep -oE '__tsan_(read|write)4' | head -n 2",
		     "__tsan_read4\n__tsan_write4\n");
	shell_prints(folder,
		     "cc -O2 -flto -c x.c; objdump -dr x.o | "
		     "grep -oE '__tsan_(read|write)4' | head -n 2",
		     "__tsan_read4\n__tsan_write4\n");
}

Test(cc, leaves_copies_as_calls)
{
	shell_mentions(folder, "cc -O2 -c x.c; nm -u x.o", "U memcpy");
}

Test(cc, adds_debug_information_unless_refused)
{
	shell_mentions(folder, "cc -c x.c; readelf -SW x.o", ".debug_info");
	shell_never_mentions(folder, "cc -g0 -c x.c; readelf -SW x.o",
			     ".debug_info");
}

Test(cc, takes_the_place_of_libtsan)
{
	shell_prints(folder,
		     "cc -fsanitize=thread x.c 2>err; ./a.out; "
		     "grep -c 'fsanitize=thread left out' err",
		     "x = 1\n1\n");
	shell_never_mentions(folder, "ldd a.out", "libtsan");
	shell_mentions(folder,
		       "cc -fsanitize=undefined,thread -c x.c; nm -u x.o",
		       "__tsan_write4");
}

Test(cc, puts_the_library_first_and_binds_now)
{
	shell_prints(folder,
		     "cc x.c -lm; readelf -dW a.out | grep NEEDED | "
		     "head -n 1 | sed 's/.*\\[\\(.*\\)\\]/\\1/'",
		     "libexplorer.so\n");
	shell_mentions(folder, "cc -Wl,-z,lazy x.c; readelf -dW a.out",
		       "BIND_NOW");
}

Test(cc, leaves_other_libraries_as_needed)
{
	shell_never_mentions(folder,
			     "cc -Wl,--as-needed x.c -lm; readelf -dW a.out",
			     "libm.so");
	shell_mentions(folder,
		       "cc -Wl,--no-as-needed x.c -lm; readelf -dW a.out",
		       "libm.so");
}

Test(cc, refuses_static_programs)
{
	shell_fails(folder, "cc -static x.c", 2, "-static cannot be had");
	shell_fails(folder, "cc -c x.c; cc x.o -static-pie -o x", 2,
		    "libexplorer.so");
	shell_prints(folder, "cc -static -c x.c; cc x.o; ./a.out", "x = 1\n");
}

static const char inline_source[] = "inline int f(int n) { return n + 1; }\n"
				    "int main(void) { return f(-1); }\n";

/* Compiling may take a second try, and what both say is said once. */
Test(cc, warns_once)
{
	free(scratch_write(folder, "w.c",
			   "inline int f(void) { return 1; }\n"
			   "int main(void) { int unused; return f() - 1; }\n"));
	shell_prints(folder,
		     "cc -Wall w.c 2>err; ./a.out; grep -c warning: err; "
		     "cc -Wall -c w.c 2>err; grep -c warning: err; "
		     "cc -Wall -shared -fPIC w.c -o w.so 2>err; "
		     "grep -c warning: err",
		     "1\n1\n1\n");
}

Test(cc, gives_inline_functions_a_body)
{
	free(scratch_write(folder, "i.c", inline_source));
	shell_prints(folder,
		     "cc i.c -o i 2>err; ./i; grep -c fgnu89-inline err; "
		     "grep undefined err || echo linked",
		     "1\nlinked\n");
	shell_fails(folder, "cc -c i.c; cc i.o -o i", 1, "fgnu89-inline");
	shell_prints(folder, "cc -fgnu89-inline -c i.c; cc i.o -o i; ./i", "");
}

Test(cc, keeps_the_meaning_of_inline_where_it_links)
{
	free(scratch_write(folder, "i.c", inline_source));
	free(scratch_write(folder, "j.c", "int f(int n) { return n + 1; }\n"));
	shell_prints(folder, "cc i.c j.c -o i 2>err; ./i; cat err", "");
}

Test(cc, reports_what_is_undefined_all_the_same)
{
	free(scratch_write(folder, "u.c",
			   "int f(void);\n"
			   "int main(void) { return f(); }\n"));
	shell_fails(folder, "cc u.c", 1, "undefined reference to `f'");
}

Test(cc, says_which_compiler_it_cannot_run)
{
	shell_fails(folder, "EXPLORER_CC=no-such-compiler cc x.c", 2,
		    "no-such-compiler");
}

Test(cc, has_a_second_name)
{
	shell_prints(folder,
		     "\"$(dirname \"$EXPLORER\")/explorer-cc\" x.c; ./a.out",
		     "x = 1\n");
	shell_mentions(folder, "nm -D a.out", "U __tsan_write4");
}

Test(cc, compiles_cplusplus)
{
	free(scratch_write(folder, "p.cc",
			   "#include <iostream>\n"
			   "int x;\n"
			   "int main() { std::cout << ++x << \"\\n\"; }\n"));
	shell_prints(folder,
		     "\"$(dirname \"$EXPLORER\")/explorer-c++\" p.cc; ./a.out",
		     "1\n");
	shell_mentions(folder, "nm -D a.out", "U __tsan_write4");
}

Test(cc, helps)
{
	shell_mentions(folder, "cc --help", "--keep-optimisation");
	shell_fails(folder, "cc --help >/dev/full", 2, "standard output");
}

/* The same with clang, where it is installed. */
static void need_clang(void)
{
	if (system("command -v clang >/dev/null") != 0)
		cr_skip_test("clang is not installed");
}

Test(cc, compiles_with_clang)
{
	need_clang();
	shell_prints(folder, "export EXPLORER_CC=clang; cc x.c -o x; ./x",
		     "x = 1\n");
	shell_prints(folder,
		     "export EXPLORER_CC=clang; cc -c x.c; cc x.o; ./a.out",
		     "x = 1\n");
	shell_never_mentions(folder, "ldd x a.out", "tsan");
	shell_mentions(folder, "EXPLORER_CC=clang cc --version", "clang");
}

Test(cc, instruments_each_access_with_clang)
{
	need_clang();
	shell_prints(folder,
		     "export EXPLORER_CC=clang; cc -O2 -c x.c; "
		     "objdump -dr x.o | "
		     "grep -oE '__tsan_(read|write)4' | head -n 2",
		     "__tsan_read4\n__tsan_write4\n");
	shell_prints(folder,
		     "export EXPLORER_CC=clang; "
		     "cc -O2 --keep-optimisation -c x.c; objdump -dr x.o | "
		     "grep -oE '__tsan_(read|write)4' | head -n 2",
		     "__tsan_read4\n__tsan_write4\n");
	shell_mentions(folder, "nm -u x.o", "U memcpy");
}

Test(cc, says_nothing_of_its_own_flags_with_clang)
{
	need_clang();
	shell_prints(folder,
		     "EXPLORER_CC=clang cc -Wall -Werror x.c 2>&1; ./a.out",
		     "x = 1\n");
}

Test(cc, knows_clang_by_its_answer)
{
	need_clang();
	shell_prints(folder,
		     "ln -s \"$(command -v clang)\" compiler\n"
		     "EXPLORER_CC=$PWD/compiler cc x.c; ./a.out",
		     "x = 1\n");
}
