/*
 * From an address in the code to its place in the source.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "symbols/fixture.h"

TestSuite(place, .init = fixture_begin, .fini = fixture_end);

/* Some address in the function that belongs to that line of the source: the
 * first one from its start. */
static bool find_line(struct symbols *symbols, struct code_place start,
		      uint64_t bytes, unsigned line,
		      struct source_place *ret_place)
{
	for (uint64_t i = 0; i < bytes; i++) {
		struct code_place code = {.module = start.module,
					  .offset = start.offset + i};

		if (symbols_place(symbols, code, ret_place) &&
		    ret_place->line == line)
			return true;
	}
	return false;
}

static void check_line(const char *path, const char *function)
{
	char *comment = text_format("/* line of %s */", function);
	struct symbols *symbols = symbols_new(path);
	struct code_place start = {
		.offset = fixture_address(path, "first_function")};
	uint64_t bytes = fixture_bytes(path, "first_function");
	struct source_place place;

	cr_assert(find_line(symbols, start, bytes,
			    fixture_line("names.c", comment), &place),
		  "%s", comment);
	cr_expect(eq(str, place.function, (char *)function));
	symbols_free(symbols);
	free(comment);
}

static void check_compiled(const char *compiler, const char *function)
{
	char *path = fixture_compile(compiler, "names", "%s/names.c");

	check_line(path, function);
	free(path);
}

Test(place, tells_function_and_line)
{
	check_compiled("gcc -g -O0", "first_function");
	check_compiled("gcc -g -O0 -no-pie", "first_function");
	check_compiled("gcc -g -O0 -gdwarf-4", "first_function");
}

Test(place, names_the_function_that_was_inlined)
{
	check_compiled("gcc -g -O0", "twice");
}

/* clang leaves the list out. */
Test(place, finds_its_unit_without_a_list_of_addresses)
{
	char *path = fixture_build("names", "%s/names.c");
	char *command = text_format(
		"objcopy --remove-section=.debug_aranges '%s'", path);

	cr_assert(eq(int, system(command), 0));
	check_line(path, "first_function");
	free(command);
	free(path);
}

static struct source_place place_of_main(struct symbols *symbols,
					 const char *path)
{
	struct code_place code = {.offset = fixture_address(path, "main")};
	struct source_place place;

	cr_assert(symbols_place(symbols, code, &place));
	cr_expect(eq(str, place.function, "main"));
	return place;
}

Test(place, shows_a_file_below_the_current_folder_relative_to_it)
{
	char *path = fixture_build("names", "%s/names.c");
	char *folder = realpath(__FILE__, NULL);
	struct symbols *symbols;

	*strrchr(folder, '/') = '\0';
	cr_assert(eq(int, chdir(folder), 0));
	symbols = symbols_new(path);
	cr_expect(
		eq(str, place_of_main(symbols, path).file, "fixtures/names.c"));
	symbols_free(symbols);
	free(folder);
	free(path);
}

Test(place, shows_a_file_elsewhere_with_its_whole_path)
{
	char *path = fixture_build("names", "%s/names.c");
	struct source_place place;
	struct symbols *symbols;

	cr_assert(eq(int, chdir("/proc"), 0));
	symbols = symbols_new(path);
	place = place_of_main(symbols, path);
	cr_expect(eq(chr, place.file[0], '/'));
	cr_expect(eq(int, access(place.file, R_OK), 0));
	symbols_free(symbols);
	free(path);
}

Test(place, is_found_once)
{
	char *path = fixture_build("names", "%s/names.c");
	struct symbols *symbols = symbols_new(path);
	struct source_place first = place_of_main(symbols, path);
	struct source_place second = place_of_main(symbols, path);

	cr_expect(eq(ptr, first.file, second.file));
	cr_expect(eq(ptr, first.function, second.function));
	symbols_free(symbols);
	free(path);
}

Test(place, is_the_function_alone_without_debug_information)
{
	char *path = fixture_compile("gcc", "names", "%s/names.c");
	struct symbols *symbols = symbols_new(path);
	struct source_place place = place_of_main(symbols, path);

	cr_expect(eq(ptr, place.file, NULL));
	cr_expect(eq(uint, place.line, 0));
	symbols_free(symbols);
	free(path);
}

Test(place, lies_in_a_library)
{
	char *path =
		fixture_build("liblibrary.so", "-shared -fPIC %s/library.c");
	struct symbols *symbols = fixture_open("empty");
	struct code_place start = {
		.module = 1, .offset = fixture_address(path, "library_inside")};
	struct source_place place;

	symbols_add_module(symbols, path);
	cr_assert(find_line(
		symbols, start, fixture_bytes(path, "library_inside"),
		fixture_line("library.c", "line of library_inside"), &place));
	cr_expect(eq(str, place.function, "library_inside"));
	symbols_free(symbols);
	free(path);
}

static void check_unknown(struct symbols *symbols, struct code_place code)
{
	struct source_place place = {.line = 1};

	cr_expect(not(symbols_place(symbols, code, &place)));
	cr_expect(eq(ptr, place.file, NULL));
	cr_expect(eq(ptr, place.function, NULL));
	cr_expect(eq(uint, place.line, 0));
}

Test(place, may_be_unknown)
{
	struct symbols *symbols = fixture_open("names");

	symbols_add_module(symbols, "/nonexistent/libvanished.so");
	symbols_add_module(symbols, __FILE__);
	check_unknown(symbols, (struct code_place){.module = PLACE_UNKNOWN});
	check_unknown(symbols, (struct code_place){.module = 1, .offset = 64});
	check_unknown(symbols, (struct code_place){.module = 2, .offset = 64});
	check_unknown(symbols, (struct code_place){.module = 3, .offset = 64});
	check_unknown(symbols, (struct code_place){.module = 0, .offset = 1});
	check_unknown(symbols,
		      (struct code_place){.module = 0, .offset = UINT64_MAX});
	symbols_free(symbols);
}
