/*
 * explorer/world/world.c
 */
#include "world/world.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "world/fault.h"

/* A world of one page, one piece, and output. */
static struct world world;
static volatile uint8_t *page;
static uint8_t bytes[32];
static struct piece piece = {bytes, sizeof(bytes)};
static struct snapshot origin;

static void set_up(void)
{
	world_init(&world);
	output_init(&world.output);
	page = pages_new(1);
	pages_add(&world.pages, (void *)page, PAGE_BYTES);
	faults_heat(&world.pages);
	world_protect(&world, &origin, &piece, 1);
}

TestSuite(world, .init = set_up);

static void change(void)
{
	page[5]++;
	bytes[31]++;
	output_add(&world.output, "text", 4);
	world.clock_ns += 1000;
}

static uint64_t digest(void)
{
	return world_digest(&world, &piece, 1);
}

static void expect_origin(void)
{
	cr_assert(eq(u8, page[5], 0));
	cr_assert(eq(u8, bytes[31], 0));
	cr_assert(eq(sz, world.output.text.length, 0));
	cr_assert(eq(u64, world.clock_ns, CLOCK_START_NS));
}

Test(world, restoring_undoes_everything)
{
	const uint64_t before = digest();

	change();
	world_restore(&world, 0, &origin);
	expect_origin();
	cr_assert(eq(u64, digest(), before));
}

Test(world, loading_goes_back_to_when_it_was_saved)
{
	struct snapshot snapshot = {0};
	uint64_t saved;

	change();
	saved = digest();
	world_save(&world, &snapshot, &piece, 1);
	change();
	change();
	cr_assert(ne(u64, digest(), saved));
	world_load(&world, &snapshot);
	cr_assert(eq(u64, digest(), saved));
	cr_assert(eq(u8, bytes[31], 1));
	world_restore(&world, 0, &origin);
	expect_origin();
	snapshot_fini(&snapshot);
}

Test(world, a_snapshot_can_be_taken_again)
{
	struct snapshot snapshot = {0};

	for (unsigned i = 1; i < 5; i++) {
		change();
		world_save(&world, &snapshot, &piece, 1);
		change();
		world_load(&world, &snapshot);
		cr_assert(eq(u8, bytes[31], i));
		cr_assert(eq(u8, page[5], i));
		cr_assert(eq(sz, world.output.text.length, 4 * i));
	}
	snapshot_fini(&snapshot);
}

Test(world, digest_sees_each_part)
{
	uint64_t digests[5];

	digests[0] = digest();
	page[5] = 1;
	digests[1] = digest();
	bytes[0] = 1;
	digests[2] = digest();
	output_add(&world.output, "", 1);
	digests[3] = digest();
	world.clock_ns++;
	digests[4] = digest();
	for (unsigned i = 0; i < 5; i++)
		for (unsigned j = 0; j < i; j++)
			cr_assert(ne(u64, digests[i], digests[j]));
}

Test(world, standard_input_is_rewound_once_it_is_read)
{
	struct snapshot snapshot = {0};
	char *folder = strdup("/tmp/explorer-test-XXXXXX");
	int file = mkstemp(folder);
	char byte;

	cr_assert(eq(int, (int)write(file, "abc", 3), 3));
	lseek(file, 0, SEEK_SET);
	dup2(file, STDIN_FILENO);
	unlink(folder);
	world_check_input(&world);
	cr_assert(not(world.input_in_use));
	cr_assert(eq(int, (int)read(STDIN_FILENO, &byte, 1), 1));
	world_check_input(&world);
	cr_assert(world.input_in_use);
	world_save(&world, &snapshot, &piece, 1);
	cr_assert(eq(int, (int)read(STDIN_FILENO, &byte, 1), 1));
	world_load(&world, &snapshot);
	cr_assert(eq(int, (int)read(STDIN_FILENO, &byte, 1), 1));
	cr_assert(eq(chr, byte, 'b'));
	world_restore(&world, 0, &origin);
	cr_assert(eq(int, (int)read(STDIN_FILENO, &byte, 1), 1));
	cr_assert(eq(chr, byte, 'a'));
	free(folder);
}

Test(world, holds_pages_and_stacks)
{
	uintptr_t low = (uintptr_t)stacks_low(&world.stacks, 2, STACK_BYTES);

	cr_assert(world_holds(&world, (uintptr_t)page, PAGE_BYTES));
	cr_assert(world_holds(&world, low + 100, 8));
	cr_assert(not(world_holds(&world, low - 8, 8)));
	cr_assert(not(world_holds(&world, (uintptr_t)&world, 8)));
}
