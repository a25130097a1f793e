/*
 * Inline assembly: what is noted of what the compiler hands to the assembler,
 * and what a search says of it.
 */
#include "cli/assembler.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
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

	assembler_note(text, strlen(text), &notes);
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
	notes("\tmovl $1, x(%rip)\n", "");
}

Test(assembler, notes_functions_at_the_top_level_and_no_directives)
{
	notes("\t.file\t\"b.c\"\n#APP\n\tf: incl x; ret\n#NO_APP\n",
	      NOTES(PLACE("b.c")));
	notes("\t.file\t\"b.c\"\n#APP\n\t.symver f, f@V1\n#NO_APP\n", "");
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
