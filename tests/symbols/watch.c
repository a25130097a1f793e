/*
 * What --watch understands, and what it says to the rest.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "symbols/fixture.h"

TestSuite(watch, .init = fixture_begin, .fini = fixture_end);

static void check_watch(struct symbols *symbols, const char *name,
			uint32_t bytes)
{
	struct watch watch;
	struct location location;
	char *error = NULL;

	cr_assert(eq(int, symbols_watch(symbols, name, &watch, &error), 0),
		  "%s: %s", name, error);
	cr_expect(eq(str, watch.name, (char *)name));
	cr_expect(eq(u32, watch.bytes, bytes));
	cr_assert(symbols_locate(symbols, name, &location));
	cr_expect(eq(u32, watch.location.kind, LOCATION_MODULE));
	cr_expect(eq(u32, watch.location.owner, location.owner));
	cr_expect(eq(u64, watch.location.offset, location.offset));
	watch_fini(&watch);
}

static void check_error(struct symbols *symbols, const char *name,
			const char *expected)
{
	struct watch watch;
	char *error = NULL;

	cr_assert(eq(int, symbols_watch(symbols, name, &watch, &error), -1),
		  "%s", name);
	cr_expect(eq(str, error, (char *)expected));
	free(error);
}

Test(watch, takes_variables_fields_and_elements)
{
	struct symbols *symbols = fixture_open("names");

	check_watch(symbols, "x", 4);
	check_watch(symbols, "hidden", 4);
	check_watch(symbols, "only_here", 4);
	check_watch(symbols, "s.a", 4);
	check_watch(symbols, "s.last", 8);
	check_watch(symbols, "s.inner.low", 2);
	check_watch(symbols, "s.inner.whole", 4);
	check_watch(symbols, "s.inner.bytes[3]", 1);
	check_watch(symbols, "s.named.deep", 8);
	check_watch(symbols, "table[4].next", 8);
	check_watch(symbols, "grid[1][2]", 4);
	check_watch(symbols, "u.f", 4);
	check_watch(symbols, "tail.items[2]", 2);
	check_watch(symbols, "names.c:x", 4);
	check_watch(symbols, "names.c:table[1].key", 4);
	check_watch(symbols, "fixtures/names.c:x", 4);
	check_watch(symbols, "names.c:next_count:count", 4);
	symbols_free(symbols);
}

Test(watch, takes_every_type_of_number)
{
	static const struct {
		const char *name;
		uint32_t bytes;
	} variables[] = {
		{"i8", 1},
		{"i128", 16},
		{"u64", 8},
		{"boolean", 1},
		{"atomic", 4},
		{"atomic_wide", 8},
		{"strange", 4},
		{"text", 8},
		{"colour", 4},
		{"small", 1},
		{"chosen", 4},
		{"single", 4},
		{"twofold", 8},
		{"extended", 16},
		{"pointer", 8},
		{"function", 8},
		{"structure.unnamed", 4},
	};
	struct symbols *symbols = fixture_open("values");

	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		check_watch(symbols, variables[i].name, variables[i].bytes);
	symbols_free(symbols);
}

Test(watch, suggests_the_nearest_name)
{
	struct symbols *symbols = fixture_open("names");

	check_error(symbols, "tabel",
		    "no global variable 'tabel'; did you mean 'table'?");
	check_error(symbols, "tabel[3].key",
		    "no global variable 'tabel[3].key'; did you mean 'table'?");
	check_error(symbols, "name.c:hiden",
		    "no global variable 'name.c:hiden'; "
		    "did you mean 'hidden'?");
	check_error(symbols, "s.lats",
		    "'s' has no field 'lats'; did you mean 's.last'?");
	check_error(symbols, "table[1].nxt.key",
		    "'table[1]' has no field 'nxt'; "
		    "did you mean 'table[1].next'?");
	symbols_free(symbols);
}

Test(watch, lists_what_there_is_where_nothing_is_near)
{
	struct symbols *symbols = fixture_open("values");
	struct symbols *empty = fixture_open("empty");

	check_error(symbols, "quite_different",
		    "no global variable 'quite_different'; there are anything, "
		    "atomic, atomic_wide, boolean, both, chosen, ...");
	check_error(symbols, "structure.quite_different",
		    "'structure' has no field 'quite_different'; its fields "
		    "are structure.field, structure.unnamed, structure.array");
	check_error(empty, "x", "no global variable 'x'; the program has none");
	symbols_free(symbols);
	symbols_free(empty);
}

Test(watch, asks_which_of_several_namesakes)
{
	char *path = fixture_build("both", "%s/one.c %s/two.c");
	struct symbols *symbols = symbols_new(path);
	struct symbols *names = fixture_open("names");
	struct watch watch;
	char *error = NULL;

	cr_assert(
		eq(int, symbols_watch(symbols, "shared", &watch, &error), -1));
	cr_expect(strstr(error, "one.c:shared") != NULL, "%s", error);
	cr_expect(strstr(error, "two.c:shared") != NULL, "%s", error);
	free(error);
	check_watch(symbols, "one.c:shared", 4);
	check_watch(symbols, "two.c:shared", 4);
	check_watch(symbols, "with_static_local", 4);
	check_error(names, "count",
		    "'count' can mean several variables: "
		    "names.c:next_count:count, names.c:other_count:count");
	symbols_free(names);
	symbols_free(symbols);
	free(path);
}

Test(watch, refuses_what_is_no_single_value)
{
	struct symbols *symbols = fixture_open("values");

	check_error(symbols, "elements",
		    "'elements' is an array; name one of its elements: "
		    "elements[0] to elements[3]");
	check_error(symbols, "matrix",
		    "'matrix' is an array; name one of its elements: "
		    "matrix[0][0] to matrix[1][2]");
	check_error(symbols, "matrix[1]",
		    "'matrix[1]' is an array; name one of its elements: "
		    "matrix[1][0] to matrix[1][2]");
	check_error(symbols, "structure",
		    "'structure' is a struct; name one of its fields: "
		    "structure.field, structure.unnamed, structure.array");
	check_error(symbols, "both",
		    "'both' is a union; name one of its fields: "
		    "both.one, both.other");
	check_error(symbols, "wide",
		    "'wide' is a struct; name one of its fields: "
		    "wide.a, wide.b, wide.c, wide.d, wide.e, wide.f, ...");
	symbols_free(symbols);
}

Test(watch, refuses_what_cannot_be_shown)
{
	struct symbols *symbols = fixture_open("values");

	check_error(symbols, "structure.bits",
		    "'structure.bits' is a bit-field, which cannot be shown; "
		    "it has no bytes of its own");
	check_error(symbols, "rotating",
		    "'rotating' has the type 'complex double', "
		    "which cannot be shown");
	check_error(symbols, "own",
		    "'own' is thread-local; a watched variable must be the "
		    "same in all threads");
	check_error(symbols, "main", "'main' is a function, not a variable");
	symbols_free(symbols);
}

Test(watch, keeps_within_arrays)
{
	struct symbols *symbols = fixture_open("values");

	check_error(symbols, "elements[4]",
		    "'elements[4]' is out of range; there are elements[0] to "
		    "elements[3]");
	check_error(symbols, "matrix[1][3]",
		    "'matrix[1][3]' is out of range; there are matrix[1][0] to "
		    "matrix[1][2]");
	check_error(symbols, "matrix[2][0]",
		    "'matrix[2]' is out of range; there are matrix[0][0] to "
		    "matrix[1][2]");
	symbols_free(symbols);
}

Test(watch, says_what_it_does_not_understand)
{
	struct symbols *symbols = fixture_open("values");

	check_error(symbols, "i32.field",
		    "'i32' is not a struct: it has no fields");
	check_error(symbols, "i32[0]",
		    "'i32' is not an array: it has no elements");
	check_error(symbols, "elements[i32]",
		    "'[i32]' behind 'elements' is neither a field nor an "
		    "element; write '.NAME' or '[NUMBER]'");
	check_error(symbols, "i32+1",
		    "'+1' behind 'i32' is neither a field nor an element; "
		    "write '.NAME' or '[NUMBER]'");
	check_error(symbols, "pointer->next",
		    "'pointer' is a pointer, which is not followed; name the "
		    "variable that it points to");
	check_error(symbols, "pointer[0]",
		    "'pointer' is a pointer, which is not followed; name the "
		    "variable that it points to");
	symbols_free(symbols);
}

Test(watch, needs_debug_information)
{
	char *path = fixture_compile("gcc", "names", "%s/names.c");
	struct symbols *symbols = symbols_new(path);
	char *absent =
		text_format("'y' cannot be found: %s has no debug information; "
			    "compile it with -g",
			    path);

	check_error(symbols, "x",
		    "the type of 'x' is unknown; compile the file that defines "
		    "it with -g");
	check_error(symbols, "y", absent);
	symbols_free(symbols);
	free(absent);
	free(path);
}

Test(watch, reaches_into_libraries)
{
	char *library =
		fixture_build("liblibrary.so", "-shared -fPIC %s/library.c");
	char *path =
		fixture_build("user", "-fno-pie -no-pie %s/user.c -llibrary");
	struct symbols *symbols = symbols_new(path);

	symbols_add_module(symbols, library);
	check_watch(symbols, "x", 4);
	check_watch(symbols, "liblibrary.so:x", 4);
	check_watch(symbols, "inside[3]", 4);
	/* Only declared in the program, but the linker put it there. */
	check_watch(symbols, "far_away", 4);
	symbols_free(symbols);
	free(library);
	free(path);
}

Test(watch, lists_all_globals)
{
	static const char *const expected[] = {
		"apart",
		"constant",
		"grid",
		"hidden",
		"names",
		"names.c:next_count:count",
		"names.c:other_count:count",
		"only_here",
		"s",
		"table",
		"tail",
		"u",
		"x",
	};
	struct symbols *symbols = fixture_open("names");
	size_t count;
	const char *const *names = symbols_globals(symbols, &count);

	cr_assert(eq(sz, count, sizeof(expected) / sizeof(*expected)));
	for (size_t i = 0; i < count; i++)
		cr_expect(eq(str, (char *)names[i], (char *)expected[i]));
	symbols_free(symbols);
}
