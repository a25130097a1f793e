/*
 * From locations to names, and back.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "symbols/fixture.h"
#include "symbols/fixtures/names.h"

TestSuite(name, .init = fixture_begin, .fini = fixture_end);

/* A fixture and where it lies. */
struct opened {
	char *path;
	struct symbols *symbols;
};

static struct opened open_names(const char *compiler)
{
	char *path = fixture_compile(compiler, "names", "%s/names.c");

	return (struct opened){.path = path, .symbols = symbols_new(path)};
}

static void opened_fini(struct opened *opened)
{
	symbols_free(opened->symbols);
	free(opened->path);
}

static bool is_same(struct location a, struct location b)
{
	return a.kind == b.kind && a.owner == b.owner && a.number == b.number &&
	       a.offset == b.offset;
}

/* The name is as expected, and leads back to the place. */
static void check_location(struct symbols *symbols, struct location location,
			   uint64_t size, const char *expected)
{
	const char *name = symbols_name(symbols, location, size);
	struct location back = {0};

	cr_expect(eq(str, (char *)name, (char *)expected));
	cr_expect(symbols_locate(symbols, name, &back), "%s", name);
	cr_expect(is_same(location, back), "%s", name);
}

static void check_name(const struct opened *opened, const char *variable,
		       uint64_t offset, uint64_t size, const char *expected)
{
	struct location location = {
		.kind = LOCATION_MODULE,
		.offset = fixture_address(opened->path, variable) + offset};

	check_location(opened->symbols, location, size, expected);
}

static void check_shapes(const char *compiler)
{
	struct opened names = open_names(compiler);

	check_name(&names, "x", 0, 4, "x");
	check_name(&names, "x", 3, 1, "x+3");
	check_name(&names, "hidden", 0, 4, "hidden");
	check_name(&names, "s", offsetof(struct outer, a), 4, "s.a");
	check_name(&names, "s", offsetof(struct outer, inner.whole), 4,
		   "s.inner.whole");
	check_name(&names, "s", offsetof(struct outer, inner.bytes[2]), 1,
		   "s.inner.bytes[2]");
	check_name(&names, "s", offsetof(struct outer, named.deep), 8,
		   "s.named.deep");
	check_name(&names, "s", offsetof(struct outer, named.deep) + 8, 1,
		   "s.flag");
	check_name(&names, "table", 3 * sizeof(struct node), 4, "table[3].key");
	check_name(&names, "table",
		   3 * sizeof(struct node) + offsetof(struct node, next), 8,
		   "table[3].next");
	check_name(&names, "table", sizeof(struct node) + 4, 4, "table[1]+4");
	check_name(&names, "grid", 5 * sizeof(int), 4, "grid[1][2]");
	check_name(&names, "u", 0, 8, "u.letters");
	check_name(&names, "u", 0, 4, "u.i");
	check_name(&names, "u", 6, 1, "u.letters[6]");
	check_name(&names, "tail", offsetof(struct tail, items[2]), 2,
		   "tail.items[2]");
	check_name(&names, "constant", 0, 4, "constant");
	check_name(&names, "names", 8, 8, "names[1]");
	opened_fini(&names);
}

Test(name, goes_down_to_what_was_accessed)
{
	check_shapes("gcc -g -O0");
	check_shapes("gcc -g -O0 -no-pie");
	check_shapes("gcc -g -O0 -gdwarf-4");
}

Test(name, covers_all_that_was_accessed)
{
	struct opened names = open_names("gcc -g -O0");

	check_name(&names, "s", 0, sizeof(struct outer), "s");
	check_name(&names, "s", offsetof(struct outer, inner), 8, "s.inner");
	check_name(&names, "table", sizeof(struct node), sizeof(struct node),
		   "table[1]");
	check_name(&names, "table", sizeof(struct node),
		   2 * sizeof(struct node), "table+16");
	check_name(&names, "grid", 3 * sizeof(int), 3 * sizeof(int), "grid[1]");
	check_name(&names, "x", 0, 4096, "x");
	opened_fini(&names);
}

Test(name, is_of_the_largest_thing_where_no_size_is_known)
{
	struct opened names = open_names("gcc -g -O0");

	check_name(&names, "s", 0, 0, "s");
	check_name(&names, "table", sizeof(struct node), 0, "table[1]");
	check_name(&names, "s", offsetof(struct outer, inner), 0, "s.inner");
	opened_fini(&names);
}

Test(name, leads_back_to_every_byte)
{
	struct opened names = open_names("gcc -g -O0");
	uint64_t start = fixture_address(names.path, "hidden");
	uint64_t end = fixture_address(names.path, "u") + sizeof(union both);
	static const uint64_t sizes[] = {0, 1, 2, 4, 8, 16, 100};

	cr_assert(lt(u64, start, end));
	for (uint64_t at = start; at < end; at++) {
		for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
			struct location location = {.kind = LOCATION_MODULE,
						    .offset = at};
			struct location back = {0};
			const char *name =
				symbols_name(names.symbols, location, sizes[i]);

			cr_assert(symbols_locate(names.symbols, name, &back),
				  "%s", name);
			cr_assert(is_same(location, back), "%s", name);
		}
	}
	opened_fini(&names);
}

Test(name, is_found_once)
{
	struct opened names = open_names("gcc -g -O0");
	struct location location = {
		.kind = LOCATION_MODULE,
		.offset = fixture_address(names.path, "table")};
	const char *first = symbols_name(names.symbols, location, 4);

	for (uint32_t i = 0; i < 1000; i++)
		symbols_name(
			names.symbols,
			(struct location){.kind = LOCATION_HEAP, .number = i},
			4);
	cr_expect(eq(ptr, (void *)symbols_name(names.symbols, location, 4),
		     (void *)first));
	cr_expect(eq(str, (char *)first, "table[0].key"));
	opened_fini(&names);
}

static void check_is_at(const struct opened *opened, const char *name,
			const char *symbol)
{
	struct location location;

	cr_assert(symbols_locate(opened->symbols, name, &location), "%s", name);
	cr_expect(eq(u64, location.offset,
		     fixture_address(opened->path, symbol)));
	cr_expect(eq(str, (char *)symbols_name(opened->symbols, location, 4),
		     (char *)name));
}

Test(name, of_a_static_local_is_plain_unless_there_are_namesakes)
{
	struct opened names = open_names("gcc -g -O0");
	struct location first;
	struct location second;
	struct location none;

	cr_assert(symbols_locate(names.symbols, "names.c:next_count:count",
				 &first));
	cr_assert(symbols_locate(names.symbols, "names.c:other_count:count",
				 &second));
	cr_expect(ne(u64, first.offset, second.offset));
	cr_expect(not(symbols_locate(names.symbols, "count", &none)));
	cr_expect(symbols_locate(names.symbols, "only_here", &none));
	cr_expect(eq(str, (char *)symbols_name(names.symbols, none, 4),
		     "only_here"));
	opened_fini(&names);
}

Test(name, has_the_file_in_front_where_another_has_it_too)
{
	struct opened both = {
		.path = fixture_build("both", "%s/one.c %s/two.c")};
	struct location one;
	struct location two;
	struct location none;

	both.symbols = symbols_new(both.path);
	cr_assert(symbols_locate(both.symbols, "one.c:shared", &one));
	cr_assert(symbols_locate(both.symbols, "two.c:shared", &two));
	cr_expect(ne(u64, one.offset, two.offset));
	cr_expect(eq(str, (char *)symbols_name(both.symbols, one, 4),
		     "one.c:shared"));
	cr_expect(eq(str, (char *)symbols_name(both.symbols, two, 4),
		     "two.c:shared"));
	cr_expect(not(symbols_locate(both.symbols, "shared", &none)));
	check_is_at(&both, "only_one", "only_one");
	/* The file is not needed, but may be there. */
	cr_expect(symbols_locate(both.symbols, "one.c:only_one", &none));
	cr_expect(
		symbols_locate(both.symbols, "fixtures/one.c:only_one", &none));
	cr_expect(not(symbols_locate(both.symbols, "two.c:only_one", &none)));
	opened_fini(&both);
}

Test(name, of_a_global_is_its_own_against_static_locals)
{
	struct opened both = {
		.path = fixture_build("both", "%s/one.c %s/two.c")};
	struct location local;

	both.symbols = symbols_new(both.path);
	check_is_at(&both, "with_static_local", "with_static_local");
	cr_assert(symbols_locate(both.symbols, "one.c:main:with_static_local",
				 &local));
	cr_expect(ne(u64, local.offset,
		     fixture_address(both.path, "with_static_local")));
	opened_fini(&both);
}

Test(name, has_the_line_where_nothing_else_differs)
{
	struct opened both = {
		.path = fixture_build("both", "%s/one.c %s/two.c")};
	unsigned line = fixture_line("two.c", "twin = 2");
	char *name = text_format("two.c:twin_local:%u:twin", line);
	struct location location;

	both.symbols = symbols_new(both.path);
	cr_assert(symbols_locate(both.symbols, name, &location));
	cr_expect(
		eq(str, (char *)symbols_name(both.symbols, location, 4), name));
	free(name);
	opened_fini(&both);
}

static struct opened open_user(char **ret_library)
{
	struct opened user;

	*ret_library =
		fixture_build("liblibrary.so", "-shared -fPIC %s/library.c");
	user.path = fixture_build("user", "-fno-pie -no-pie %s/user.c "
					  "-llibrary");
	user.symbols = symbols_new(user.path);
	symbols_add_module(user.symbols, *ret_library);
	return user;
}

Test(name, has_the_library_in_front_where_the_program_has_it_too)
{
	char *library;
	struct opened user = open_user(&library);
	uint64_t address = fixture_address(library, "x");

	check_name(&user, "x", 0, 4, "x");
	check_location(user.symbols,
		       (struct location){.kind = LOCATION_MODULE,
					 .owner = 1,
					 .offset = address},
		       4, "liblibrary.so:x");
	address = fixture_address(library, "inside");
	check_location(user.symbols,
		       (struct location){.kind = LOCATION_MODULE,
					 .owner = 1,
					 .offset = address + 8},
		       4, "inside[2]");
	opened_fini(&user);
	free(library);
}

Test(name, of_a_copied_variable_is_that_of_the_copy)
{
	char *library;
	struct opened user = open_user(&library);

	check_name(&user, "far_away", 0, 4, "far_away");
	check_name(&user, "far_away", 1, 1, "far_away+1");
	opened_fini(&user);
	free(library);
}

Test(name, is_a_symbol_without_debug_information)
{
	struct opened names = open_names("gcc -O0");

	check_name(&names, "x", 0, 4, "x");
	check_name(&names, "table", 24, 8, "table+24");
	check_name(&names, "main", 0, 1, "main");
	opened_fini(&names);
}

Test(name, counts_from_the_section_where_there_are_no_symbols)
{
	struct opened names = open_names("gcc -O0");
	char *library = fixture_compile("gcc -s", "libstripped.so",
					"-shared -fPIC %s/names.c");
	char *command = text_format("strip '%s'", names.path);
	struct location location = {.kind = LOCATION_MODULE};
	const char *name;
	uint64_t apart = fixture_address(names.path, "apart");

	location.offset = fixture_address(names.path, "x");
	cr_assert(eq(int, system(command), 0));
	symbols_add_module(names.symbols, library);
	name = symbols_name(names.symbols, location, 4);
	cr_expect(eq(int, strncmp(name, ".bss", 4), 0), "%s", name);
	check_location(names.symbols, location, 4, name);
	location.offset = apart;
	check_location(names.symbols, location, 4, "names:own_section");
	location = (struct location){
		.kind = LOCATION_MODULE, .owner = 1, .offset = 64};
	name = symbols_name(names.symbols, location, 4);
	check_location(names.symbols, location, 4, "libstripped.so:+64");
	free(command);
	free(library);
	opened_fini(&names);
}

Test(name, is_there_for_a_file_that_is_not)
{
	struct symbols *symbols = symbols_new("/nonexistent/program");

	symbols_add_module(symbols, "/nonexistent/libvanished.so.1");
	check_location(
		symbols,
		(struct location){.kind = LOCATION_MODULE, .offset = 4096}, 4,
		"program:+4096");
	check_location(symbols,
		       (struct location){.kind = LOCATION_MODULE,
					 .owner = 1,
					 .offset = 4096},
		       4, "libvanished.so.1:+4096");
	symbols_free(symbols);
}

Test(name, may_be_of_no_module)
{
	struct symbols *symbols = fixture_open("empty");

	check_location(symbols,
		       (struct location){.kind = LOCATION_HEAP,
					 .owner = 1,
					 .number = 3,
					 .offset = 8},
		       4, "heap 1.3+8");
	check_location(symbols,
		       (struct location){.kind = LOCATION_HEAP, .number = 3}, 4,
		       "heap 0.3");
	check_location(symbols,
		       (struct location){.kind = LOCATION_STACK,
					 .owner = 1,
					 .offset = 128},
		       4, "stack 1-128");
	check_location(symbols,
		       (struct location){.kind = LOCATION_TLS,
					 .owner = 1024,
					 .offset = 16},
		       4, "tls 1024-16");
	symbols_free(symbols);
}

static void check_name_only(struct symbols *symbols, struct location location,
			    const char *expected)
{
	cr_expect(eq(str, (char *)symbols_name(symbols, location, 1),
		     (char *)expected));
}

Test(name, may_be_of_no_memory)
{
	struct symbols *symbols = fixture_open("empty");

	check_name_only(symbols, (struct location){.kind = LOCATION_CLOCK},
			"clock");
	check_name_only(symbols,
			(struct location){.kind = LOCATION_THING,
					  .owner = THING_KEY,
					  .number = 3},
			"key 3");
	check_name_only(symbols, (struct location){.kind = LOCATION_RANDOM},
			"random");
	check_name_only(
		symbols,
		(struct location){.kind = LOCATION_DESCRIPTOR, .number = 1},
		"descriptor 1");
	check_name_only(symbols, (struct location){.kind = LOCATION_THREAD},
			"main");
	check_name_only(symbols,
			(struct location){.kind = LOCATION_THREAD, .number = 2},
			"T2");
	check_name_only(
		symbols,
		(struct location){.kind = LOCATION_ABSOLUTE, .offset = 0x1000},
		"0x1000");
	symbols_free(symbols);
}

/* The linker gives out offsets from the start of the block; the loader decides
 * where that is. */
Test(name, of_a_thread_local_variable_is_where_the_loader_puts_it)
{
	char *path = fixture_build("thread_pointer", "%s/thread_pointer.c");
	struct symbols *symbols = symbols_new(path);
	static const char *const names[] = {"first@0", "second@0",
					    "third@0[4]"};
	FILE *program = popen(path, "r");
	uint64_t below[3];

	cr_assert(program != NULL);
	cr_assert(eq(
		int,
		fscanf(program, "%lu %lu %lu", &below[0], &below[1], &below[2]),
		3));
	pclose(program);
	for (int i = 0; i < 3; i++)
		check_location(symbols,
			       (struct location){.kind = LOCATION_TLS,
						 .offset = below[i]},
			       i == 0 ? 1 : 2, names[i]);
	symbols_free(symbols);
	free(path);
}

Test(name, tells_threads_apart)
{
	struct opened names = open_names("gcc -g -O0");
	struct location first;
	struct location second;

	cr_assert(symbols_locate(names.symbols, "own_node@1.next", &first));
	cr_assert(symbols_locate(names.symbols, "own_node@1024.next", &second));
	cr_expect(eq(u32, first.owner, 1));
	cr_expect(eq(u32, second.owner, 1024));
	cr_expect(eq(u64, first.offset, second.offset));
	check_location(names.symbols, second, 8, "own_node@1024.next");
	opened_fini(&names);
}

Test(name, that_means_nothing_has_no_location)
{
	struct opened names = open_names("gcc -g -O0");
	static const char *const wrong[] = {
		"",
		"y",
		"x.a",
		"x[0]",
		"s.nothing",
		"table[5]",
		"table[1",
		"grid[1][3]",
		"x+",
		"x+y",
		"x+1+1",
		"table[-1]",
		"heap",
		"heap 1",
		"heap 0.3-",
		"stack 1-2x",
		"mine",
		"mine@",
		"mine@1.x",
		"names.c:y",
		".nosection+4",
		"libm.so:+4",
		"s.",
		"+4",
		"table[0].next.key",
		"table[99999999999999999999]",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct location location;

		cr_expect(
			not(symbols_locate(names.symbols, wrong[i], &location)),
			"%s", wrong[i]);
	}
	opened_fini(&names);
}

Test(name, survives_another_language)
{
	struct opened classes = {.path = fixture_compile("g++ -g -O0",
							 "classes",
							 "%s/classes.cc")};
	struct location location;

	classes.symbols = symbols_new(classes.path);
	cr_assert(symbols_locate(classes.symbols, "object.second", &location));
	cr_expect(eq(u64, location.offset,
		     fixture_address(classes.path, "_ZN5place6objectE") + 4));
	cr_expect(eq(str, (char *)symbols_name(classes.symbols, location, 4),
		     "object.second"));
	check_is_at(&classes, "object.first", "_ZN5place6objectE");
	opened_fini(&classes);
}
