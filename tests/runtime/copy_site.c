/*
 * Builds copy_site/program.c around statements compiled in one of the ways in
 * which programs are, and runs it.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/copy_site.h"

#define HERE "tests/runtime/copy_site"

/* One way to compile and link. Empty strings for what is usual. */
struct way {
	const char *optimisation;
	const char *compiling;
	const char *linking;
	const char *argument; /* of the program */
	bool shared;	      /* the statements are a library of their own */
};

/* Runs a command of the shell. True if it ended with status 0. */
__attribute__((format(printf, 1, 2))) static bool shell(const char *format, ...)
{
	char command[4096];
	va_list arguments;

	va_start(arguments, format);
	int length = vsnprintf(command, sizeof command, format, arguments);
	va_end(arguments);
	cr_assert(length > 0 && (size_t)length < sizeof command);
	return system(command) == 0;
}

static const char *compiler(void)
{
	const char *named = getenv("CC");

	return named != NULL ? named : "gcc";
}

static bool build_statements(const struct way *way, const char *folder)
{
	return shell("%s -std=gnu11 -D_GNU_SOURCE -w %s %s -fsanitize=thread "
		     "-c " HERE "/statements.c -o %s/statements.o",
		     compiler(), way->optimisation, way->compiling, folder) &&
	       (!way->shared ||
		shell("%s -shared -Wl,-z,now %s/statements.o -o "
		      "%s/statements.so",
		      compiler(), folder, folder));
}

static bool build_program(const struct way *way, const char *folder)
{
	return shell("%s -std=gnu11 -D_GNU_SOURCE -O1 -g "
		     "-fno-omit-frame-pointer -Iexplorer %s " HERE "/program.c "
		     "explorer/runtime/copy_site.c "
		     "explorer/runtime/instruction.c explorer/runtime/opcode.c "
		     "explorer/base/memory_libc.c explorer/base/diagnostic.c "
		     "explorer/base/random.c %s/statements.%s -rdynamic "
		     "-Wl,-z,now %s -o %s/program",
		     compiler(), way->compiling, folder,
		     way->shared ? "so" : "o", way->linking, folder);
}

static void memory_agrees(const struct way *way)
{
#ifndef __x86_64__
	cr_skip("copies are told apart on x86-64 only");
#endif
	char folder[] = "/tmp/explorer-copy-site-XXXXXX";

	cr_assert(mkdtemp(folder) != NULL);
	bool built =
		build_statements(way, folder) && build_program(way, folder);
	bool right = built && shell("%s/program %s >%s/result", folder,
				    way->argument, folder);
	if (built && !right)
		shell("cat %s/result >&2", folder);
	shell("rm -r %s", folder);
	cr_assert(built);
	cr_assert(right);
}

Test(copy_site, tells_copies_apart)
{
	memory_agrees(&(struct way){"-O0", "", "", "hooks", false});
}

Test(copy_site, tells_copies_apart_for_debugging)
{
	memory_agrees(&(struct way){"-Og", "", "", "", false});
}

Test(copy_site, tells_copies_apart_in_optimised_code)
{
	memory_agrees(&(struct way){"-O2", "", "", "", false});
}

Test(copy_site, looks_through_the_linkage_table)
{
	memory_agrees(&(struct way){"-O0", "-fPIC", "", "hooks", true});
}

Test(copy_site, looks_through_the_linkage_table_with_branch_protection)
{
	memory_agrees(&(struct way){"-O0", "-fPIC -fcf-protection", "", "hooks",
				    true});
}

Test(copy_site, looks_through_the_global_offset_table)
{
	memory_agrees(
		&(struct way){"-O0", "-fPIC -fno-plt", "", "hooks", true});
}

Test(copy_site, works_without_position_independence)
{
	memory_agrees(
		&(struct way){"-O0", "-fno-pie", "-no-pie", "hooks", false});
}

/* --- By hand --- */

#ifdef __x86_64__

/* Hooks of which only the addresses count. */
static const uint8_t read_hook, write_hook;
static const void *const read_hooks[] = {&read_hook};
static const void *const write_hooks[] = {&write_hook};

static const struct copy_hooks hooks = {
	.reads = read_hooks,
	.reads_count = 1,
	.writes = write_hooks,
	.writes_count = 1,
};

/* Appends `call *slot(%rip)`, where slot comes last. */
static size_t append_call(uint8_t *code, size_t at, const uint8_t *callee)
{
	const size_t slot = 64;
	int32_t offset = (int32_t)(slot - at - 6);

	code[at] = 0xff;
	code[at + 1] = 0x15;
	memcpy(code + at + 2, &offset, sizeof offset);
	memcpy(code + slot, &callee, sizeof callee);
	return at + 6;
}

/* Says whether a write of 8 bytes to `address`, after which come `bytes` and a
 * call of `callee`, begins a copy, where frame and stack pointer are 4096. */
static bool begins(const uint8_t *bytes, size_t count, const uint8_t *callee,
		   uintptr_t address)
{
	uint8_t code[72];
	struct copy_sites sites;

	memcpy(code, bytes, count);
	append_call(code, count, callee);
	copy_sites_init(&sites, &hooks);
	bool begun =
		copy_sites_begins(&sites, &(struct copy_call){
						  .return_address = code,
						  .stack = (void *)4096,
						  .frame = (void *)4096,
						  .address = (void *)address,
						  .bytes = 8,
					  });
	copy_sites_fini(&sites);
	return begun;
}

Test(copy_site, needs_a_read_hook_next)
{
	const uint8_t nop[] = {0x90};

	cr_assert(begins(nop, 1, &read_hook, 0));
	cr_assert(not(begins(nop, 1, nop, 0)));
}

Test(copy_site, takes_a_store_elsewhere_in_the_frame_for_a_spill)
{
	const uint8_t spill[] = {0x48, 0x89, 0x45, 0xf0}; /* -16(%rbp) */

	cr_assert(begins(spill, sizeof spill, &read_hook, 4096 - 8));
	cr_assert(begins(spill, sizeof spill, &read_hook, 4096 - 24));
	cr_assert(not(begins(spill, sizeof spill, &read_hook, 4096 - 16)));
	cr_assert(not(begins(spill, sizeof spill, &read_hook, 4096 - 9)));
	cr_assert(not(begins(spill, sizeof spill, &read_hook, 4096 - 23)));
}

Test(copy_site, compares_what_the_stack_pointer_reaches)
{
	const uint8_t spill[] = {0x89, 0x44, 0x24, 0x10}; /* 16(%rsp) */

	cr_assert(begins(spill, sizeof spill, &read_hook, 4096 + 20));
	cr_assert(not(begins(spill, sizeof spill, &read_hook, 4096 + 19)));
}

Test(copy_site, takes_any_other_store_for_the_announced_one)
{
	const uint8_t pointer[] = {0x48, 0x89, 0x03}; /* (%rbx) */
	const uint8_t global[] = {0x48, 0x89, 0x05, 0, 0, 0, 0};
	const uint8_t indexed[] = {0x48, 0x89, 0x44, 0xc5, 0xf0};
	/* mov %rax,%rbp; then -16(%rbp) */
	const uint8_t moved[] = {0x48, 0x89, 0xc5, 0x48, 0x89, 0x45, 0xf0};

	cr_assert(not(begins(pointer, sizeof pointer, &read_hook, 0)));
	cr_assert(not(begins(global, sizeof global, &read_hook, 0)));
	cr_assert(not(begins(indexed, sizeof indexed, &read_hook, 0)));
	cr_assert(not(begins(moved, sizeof moved, &read_hook, 0)));
}

Test(copy_site, follows_several_write_hooks_to_the_read)
{
	uint8_t code[144] = {0x90};
	struct copy_sites sites;
	struct copy_call call = {.return_address = code};

	copy_sites_init(&sites, &hooks);
	append_call(code, 1, &write_hook);
	code[7] = 0xff;
	code[8] = 0x15;
	memcpy(code + 9, &(int32_t){72 - 13}, 4);
	memcpy(code + 72, &(const uint8_t *){&read_hook}, sizeof(void *));
	cr_assert(copy_sites_begins(&sites, &call));
	copy_sites_fini(&sites);
}

Test(copy_site, remembers_many_sites)
{
	static uint8_t code[2000][16];
	static const uint8_t *slot = &read_hook;
	struct copy_sites sites;

	copy_sites_init(&sites, &hooks);
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < 2000; i++) {
			bool copy = i % 3 == 0;
			int64_t offset = (const uint8_t *)&slot - (code[i] + 7);

			/* Only the first look reads the code. */
			memset(code[i], 0xcc, sizeof code[i]);
			if (round == 0 && copy) {
				code[i][0] = 0x90;
				code[i][1] = 0xff;
				code[i][2] = 0x15;
				memcpy(code[i] + 3, &(int32_t){(int32_t)offset},
				       4);
			}
			struct copy_call call = {.return_address = code[i]};
			cr_assert(eq(int, copy_sites_begins(&sites, &call),
				     copy));
		}
	}
	cr_assert(eq(sz, sites.count, 2000));
	copy_sites_fini(&sites);
}

#endif
