#include "symbols/elf.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "symbols/fixture.h"

TestSuite(elf, .init = fixture_begin, .fini = fixture_end);

static void check_kind(const char *path, enum elf_kind expected)
{
	struct elf_facts facts;

	cr_expect(eq(int, (int)elf_inspect(path, &facts), (int)expected), "%s",
		  path);
	cr_expect(eq(int, (int)elf_inspect(path, NULL), (int)expected));
}

/* A program, linked with libraries of these names. */
static char *build_with(const char *name, const char *libraries)
{
	char *arguments =
		text_format("%%s/empty.c -Wl,--no-as-needed %s", libraries);
	char *explorer = fixture_build(
		"libexplorer.so",
		"-shared -fPIC -Wl,-soname,libexplorer.so %s/library.c");
	char *libtsan = fixture_build(
		"libtsan.so",
		"-shared -fPIC -Wl,-soname,libtsan.so.2 %s/library.c");
	char *path = fixture_build(name, arguments);

	free(explorer);
	free(libtsan);
	free(arguments);
	return path;
}

static void check_linked(const char *libraries, enum elf_kind expected)
{
	char *path = build_with("program", libraries);

	check_kind(path, expected);
	free(path);
}

Test(elf, knows_a_program_that_explorer_cc_linked)
{
	check_linked("-lexplorer", ELF_KIND_GOOD);
	check_linked("-lexplorer -no-pie", ELF_KIND_GOOD);
	check_linked("", ELF_KIND_NOT_EXPLORER);
}

Test(elf, knows_a_program_with_the_compilers_library)
{
	check_linked("-lexplorer -ltsan", ELF_KIND_LIBTSAN);
	check_linked("-ltsan", ELF_KIND_LIBTSAN);
	check_linked("-lexplorer -Wl,--defsym,__tsan_init=main "
		     "-Wl,--export-dynamic",
		     ELF_KIND_LIBTSAN);
}

static void check_built(const char *arguments, enum elf_kind expected)
{
	char *path = fixture_build("built", arguments);

	check_kind(path, expected);
	free(path);
}

Test(elf, knows_what_cannot_be_taken_over)
{
	check_built("-static %s/empty.c", ELF_KIND_STATIC);
	check_built("-static-pie %s/empty.c", ELF_KIND_STATIC);
	check_built("-shared -fPIC %s/library.c", ELF_KIND_NOT_EXECUTABLE);
	check_built("-c %s/library.c", ELF_KIND_NOT_EXECUTABLE);
}

Test(elf, knows_what_is_no_program)
{
	char *program = build_with("program", "-lexplorer");
	char *folder = fixture_path(".");
	char *below = text_format("%s/below", program);

	check_kind("/nonexistent", ELF_KIND_MISSING);
	check_kind(below, ELF_KIND_MISSING);
	check_kind(folder, ELF_KIND_NOT_ELF);
	check_kind("/dev/null", ELF_KIND_NOT_ELF);
	check_kind(__FILE__, ELF_KIND_NOT_ELF);
	cr_assert(eq(int, chmod(program, 0600), 0));
	check_kind(program, ELF_KIND_NOT_PERMITTED);
	free(program);
	free(folder);
	free(below);
}

/* Overwrites a byte of the file's header. */
static void patch(const char *path, long offset, int byte)
{
	FILE *file = fopen(path, "r+");

	cr_assert(file != NULL);
	fseek(file, offset, SEEK_SET);
	fputc(byte, file);
	fclose(file);
}

Test(elf, knows_a_program_for_another_machine)
{
	char *program = build_with("program", "-lexplorer");

	/* e_machine; no machine has that number. */
	patch(program, 18, 0xfd);
	check_kind(program, ELF_KIND_OTHER_MACHINE);
	free(program);
}

Test(elf, survives_files_cut_short)
{
	char *program = build_with("program", "-lexplorer");
	char *cut = fixture_path("cut");
	static const int lengths[] = {1, 4, 16, 63, 64, 100, 1000, 5000};

	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		char *command =
			text_format("head -c %d '%s' >'%s' && chmod +x '%s'",
				    lengths[i], program, cut, cut);
		struct symbols *symbols;

		cr_assert(eq(int, system(command), 0));
		cr_expect(ne(int, (int)elf_inspect(cut, NULL), ELF_KIND_GOOD));
		symbols = symbols_new(cut);
		symbols_name(symbols,
			     (struct location){.kind = LOCATION_MODULE,
					       .offset = 4096},
			     4);
		symbols_free(symbols);
		free(command);
	}
	free(cut);
	free(program);
}

Test(elf, tells_the_build_id)
{
	char *path = fixture_build("program", "-Wl,--build-id=0x0123abcd "
					      "%s/empty.c");
	struct elf_facts facts;

	elf_inspect(path, &facts);
	cr_expect(eq(str, facts.build_id, "0123abcd"));
	free(path);
	path = fixture_build("program", "-Wl,--build-id=sha1 %s/empty.c");
	elf_inspect(path, &facts);
	cr_expect(eq(sz, strlen(facts.build_id), 40));
	free(path);
	path = fixture_build("program", "-Wl,--build-id=none %s/empty.c");
	elf_inspect(path, &facts);
	cr_expect(eq(str, facts.build_id, ""));
	free(path);
}

Test(elf, tells_whether_there_are_thread_local_variables)
{
	char *with =
		fixture_build("libwith.so", "-shared -fPIC %s/library_tls.c");
	char *without =
		fixture_build("libwithout.so", "-shared -fPIC %s/library.c");

	cr_expect(elf_has_tls(with));
	cr_expect(not(elf_has_tls(without)));
	cr_expect(not(elf_has_tls("/nonexistent")));
	free(with);
	free(without);
}
