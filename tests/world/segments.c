/*
 * explorer/world/segments.c
 */
#include "world/segments.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world/layout.h"

static struct modules modules;
static int variable = 1;

static void set_up(void)
{
	modules_find(&modules);
}

TestSuite(segments, .init = set_up);

Test(segments, the_executable_is_the_first_module)
{
	cr_assert(gt(uint, modules.count, 2));
	cr_assert(eq(ptr, (void *)modules_at(&modules, (uintptr_t)&variable),
		     &modules.at[0]));
	cr_assert(eq(str, (char *)modules.at[0].path, ""));
}

Test(segments, modules_do_not_overlap)
{
	for (unsigned i = 0; i < modules.count; i++) {
		cr_assert(lt(sz, modules.at[i].start, modules.at[i].end));
		for (unsigned j = 0; j < i; j++)
			cr_assert(modules.at[i].end <= modules.at[j].start ||
				  modules.at[j].end <= modules.at[i].start);
	}
}

Test(segments, libc_is_a_module_with_thread_local_storage)
{
	const struct module *libc = modules_at(&modules, (uintptr_t)stdout);

	cr_assert(ne(ptr, (void *)libc, NULL));
	cr_assert(ne(ptr, strstr(libc->path, "libc.so"), NULL));
	cr_assert(libc->has_tls);
	cr_assert(not(libc->own));
}

Test(segments, an_address_elsewhere_is_in_no_module)
{
	int local;

	cr_assert(
		eq(ptr, (void *)modules_at(&modules, (uintptr_t)&local), NULL));
	cr_assert(eq(ptr, (void *)modules_at(&modules, 0), NULL));
	cr_assert(eq(uint, modules_place(&modules, 0).module, PLACE_UNKNOWN));
}

Test(segments, a_place_is_module_and_offset)
{
	struct code_place place = modules_place(&modules, (uintptr_t)&variable);

	cr_assert(eq(uint, place.module, 0));
	cr_assert(eq(u64, place.offset,
		     (uintptr_t)&variable - modules.at[0].bias));
}

/* These tests are linked with the library: the executable is its module. */
Test(segments, hold_all_writable_data_but_the_librarys)
{
	struct pages pages = {0};

	segments_add(&modules, &pages);
	cr_assert(pages_hold(&pages, (uintptr_t)stdout, sizeof(*stdout)));
	cr_assert(not(pages_hold(&pages, (uintptr_t)&variable, 1)));
	cr_assert(not(pages_hold(&pages, (uintptr_t)abort, 1)));
	for (size_t i = 0; i < pages.range_count; i++) {
		cr_assert(eq(sz, pages.ranges[i].start % PAGE_BYTES, 0));
		cr_assert(eq(sz, pages.ranges[i].end % PAGE_BYTES, 0));
	}
}
