/*
 * Inline assembly: what is noted of what the compiler hands to the assembler,
 * and what a search says of it.
 */
#include "cli/assembly_notes.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"
#include "support/shell.h"

#define NOTES(places) "\n\t.section .explorer.assembly,\"\",@progbits\n" places
#define PLACE(place)  "\t.asciz \"" place "\"\n"
#define INLINE(line, body)                                                     \
	"#APP\n# " line " \"a.c\" 1\n\t" body                                  \
	"\n# 0 \"\" 2\n\t.loc 1 6 9\n#NO_APP\n"

static void notes(const char *text, const char *expected)
{
	struct buffer notes = {0};

	assembler_note("f.s", text, strlen(text), &notes);
	buffer_put(&notes, "", 1);
	cr_expect(eq(str, (char *)notes.data, (char *)expected), "%s", text);
	buffer_fini(&notes);
}

Test(assembler, notes_what_may_touch_memory)
{
	notes(INLINE("12", "movl $1, x(%rip)"), NOTES(PLACE("a.c:12")));
	notes(INLINE("12", "movl $1, x"), NOTES(PLACE("a.c:12")));
	notes(INLINE("3", "nop; lock; addl $0, (%rsp)"), NOTES(PLACE("a.c:3")));
	notes(INLINE("3", "rep stosb"), NOTES(PLACE("a.c:3")));
	notes(INLINE("3", "syscall"), NOTES(PLACE("a.c:3")));
	notes(INLINE("3", "call *%rax"), NOTES(PLACE("a.c:3")));
	notes(INLINE("3", "rdrand %eax"), NOTES(PLACE("a.c:3")));
	notes(INLINE("1", "incl x\n\tincl y") INLINE("2", "incl z"),
	      NOTES(PLACE("a.c:1") PLACE("a.c:2")));
}

Test(assembler, notes_nothing_of_barriers_waits_and_registers)
{
	notes(INLINE("1", ""), "");
	notes(INLINE("1", "pause"), "");
	notes(INLINE("1", "rep; nop"), "");
	notes(INLINE("1", "rep nop # wait"), "");
	notes(INLINE("1", "mfence"), "");
	notes(INLINE("1", "bswap %eax"), "");
	notes(INLINE("1", "1: addl $1, %eax; popcnt %eax, %ecx"), "");
	notes("\tmovl $1, x(%rip)\n\t.ident\t\"GCC: 1\"\n", "");
}

Test(assembler, notes_functions_at_the_top_level_and_no_directives)
{
	notes("\t.file\t\"b.c\"\n#APP\n\tf: incl x; ret\n#NO_APP\n",
	      NOTES(PLACE("b.c")));
	notes("\t.file\t\"b.c\"\n#APP\n\t.symver f, f@V1\n#NO_APP\n", "");
}

/* As clang writes it: lines are those for debuggers. */
#define CLANG(body)                                                            \
	"\t.file\t\"b.c\"\n"                                                   \
	"f:                  # -- Begin function f\n"                          \
	"\t.file\t0 \"/home\" \"b.c\" md5 0x1\n" body "\t# -- End function\n"

Test(assembler, notes_what_clang_marks)
{
	notes(CLANG("\t.loc\t0 4 2\n\t#APP\n\tincl x\n\t#NO_APP\n\tincl y\n"),
	      NOTES(PLACE("b.c:4")));
	notes(CLANG("\t.file\t1 \".\" \"b.h\"\n\t.loc\t1 7 2\n"
		    "\t#APP\n\tincl x\n\t#NO_APP\n"),
	      NOTES(PLACE("b.h:7")));
	notes(CLANG("\t#APP\n\tincl x\n\t#NO_APP\n"), NOTES(PLACE("b.c")));
	notes(CLANG("\t.loc\t0 4 2\n\t#APP\n\tpause\n\t#NO_APP\n\tincl y\n"),
	      "");
	notes("\t.file\t\"b.c\"\n\tg: incl x\n" CLANG("\tincl y\n"),
	      NOTES(PLACE("b.c")));
}

Test(assembler, notes_the_first_line_of_a_file_that_does_more)
{
	notes("/* of\n   memory */\nf:\n\tmov %rdi, %rax # x\n\tincl (%rax)\n"
	      "\tincl x\n",
	      NOTES(PLACE("f.s:5")));
	notes("# 0 \"f.S\"\n# 1 \"a.h\" 1\n# 3 \"f.S\" 2\nf:\n\tincl x\n",
	      NOTES(PLACE("f.S:4")));
	notes("\t.globl f\nf:\n\tmov %rdi, %rax\n\tneg %rax\n\tret\n", "");
	notes("\t.data\nx:\t.long 1\n", "");
}

#define THREADS                                                                \
	"int main(void) { pthread_t t;\n"                                      \
	"pthread_create(&t, 0, f, 0); return pthread_join(t, 0); }\n"

static const char writes[] =
	"#include <pthread.h>\n"
	"static int x;\n"
	"static void *f(void *u) {\n"
	"__asm__ volatile(\"incl %0\" : \"+m\"(x)); return u; }\n" THREADS;

static const char waits[] =
	"#include <pthread.h>\n"
	"static void *f(void *u) {\n"
	"__asm__ volatile(\"\" ::: \"memory\");\n"
	"__asm__ volatile(\"pause\"); return u; }\n" THREADS;

static void says(const char *source, const char *script, const char *words)
{
	char *folder = shell_folder("main.c", source);

	shell_mentions(folder, script, words);
	scratch_remove(folder);
}

Test(assembler, search_names_inline_assembly_that_writes)
{
	says(writes, "\"$EXPLORER\" check main.c || test $? = 3\n",
	     "inline assembly at main.c:4 does what Explorer does not see");
	says(writes,
	     "\"$EXPLORER\" cc -pipe -c main.c && \"$EXPLORER\" cc main.o "
	     "-pthread && \"$EXPLORER\" check ./a.out || test $? = 3\n",
	     "not complete (uncontrolled-call)");
}

Test(assembler, search_trusts_it_if_told_so)
{
	says(writes, "\"$EXPLORER\" check main.c --trust asm\n", "VERIFIED");
}

Test(assembler, search_says_nothing_of_barriers_and_waits)
{
	says(waits, "\"$EXPLORER\" check main.c\n", "VERIFIED");
}

Test(assembler, passes_on_what_the_assembler_says)
{
	says("int main(void) { __asm__(\"bogus\"); return 0; }\n",
	     "\"$EXPLORER\" cc main.c 2>&1 || true\n", "no such instruction");
}

static void need_clang(void)
{
	if (system("command -v clang >/dev/null") != 0)
		cr_skip_test("clang is not installed");
}

Test(assembler, search_names_what_clang_compiled)
{
	need_clang();
	says(writes,
	     "EXPLORER_CC=clang \"$EXPLORER\" cc -pthread main.c -o a && "
	     "\"$EXPLORER\" check ./a || test $? = 3\n",
	     "inline assembly at main.c:4 does what Explorer does not see");
	says(waits,
	     "EXPLORER_CC=clang \"$EXPLORER\" cc -pthread main.c -o a && "
	     "\"$EXPLORER\" check ./a\n",
	     "VERIFIED");
}

static const char calls[] = "#include <pthread.h>\n"
			    "extern void *f(void *);\n"
			    "static int x;\n"
			    "int main(void) { pthread_t t;\n"
			    "pthread_create(&t, 0, f, &x);\n"
			    "return pthread_join(t, 0); }\n";

Test(assembler, search_names_files_of_assembly)
{
	static const char *const endings[] = {"s", "S"};

	for (size_t i = 0; i < 2; i++) {
		char *script;
		char *words;

		cr_assert(ge(int,
			     asprintf(&script,
				      "printf '\t.globl f\nf:\n\tmov %%%%rdi, "
				      "%%%%rax\n\tincl (%%%%rdi)\n\tret\n' "
				      ">f.%s\n"
				      "\"$EXPLORER\" cc -pthread main.c "
				      "f.%s -o a && \"$EXPLORER\" check "
				      "./a || test $? = 3\n",
				      endings[i], endings[i]),
			     0));
		cr_assert(ge(
			int,
			asprintf(&words, "assembly at f.%s:4 does", endings[i]),
			0));
		says(calls, script, words);
		free(script);
		free(words);
	}
	says(calls,
	     "printf '\t.globl f\nf:\n\tmov %%rdi, %%rax\n\tret\n' >f.s\n"
	     "\"$EXPLORER\" cc -pthread main.c f.s -o a && \"$EXPLORER\" check "
	     "./a\n",
	     "VERIFIED");
}
