/*
 * Builds fiber/program.c with each of the switches, and runs it.
 *
 * The switch for this machine must work. A foreign one needs a cross compiler
 * and an emulator, and without them its test is skipped.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How one of the switches is built and run. */
struct variant {
	const char *source;
	const char *compiler;
	const char *flags;
	const char *runner;
};

static const char *native_compiler(void)
{
	const char *compiler = getenv("CC");

	return compiler != NULL ? compiler : "gcc";
}

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

/* Says whether `compiler` is there, with a C library to link against. */
static bool compiles(const char *compiler)
{
	return shell("echo 'int main(void) { return 0; }' | "
		     "%s -include stdlib.h -static -x c - -o /dev/null "
		     "2>/dev/null",
		     compiler);
}

static bool exists(const char *command)
{
	return shell("command -v %s >/dev/null", command);
}

static void build_and_run(const struct variant *variant)
{
	char folder[] = "/tmp/explorer-fiber-XXXXXX";

	cr_assert(mkdtemp(folder) != NULL);
	bool built = shell("%s -std=gnu11 -D_GNU_SOURCE -O2 -g -Iexplorer %s "
			   "tests/world/fiber/program.c explorer/world/%s -lm "
			   "-o %s/program",
			   variant->compiler, variant->flags, variant->source,
			   folder);
	bool passed = built && shell("cd %s && %s ./program 2>errors", folder,
				     variant->runner);
	if (built && !passed)
		shell("cat %s/errors >&2", folder);
	shell("rm -r %s", folder);
	cr_assert(built);
	cr_assert(passed);
}

Test(fiber, works_with_the_switch_for_x86_64)
{
#ifndef __x86_64__
	cr_skip("this is no x86-64 machine");
#endif
	build_and_run(&(struct variant){
		.source = "fiber_x86_64.S",
		.compiler = native_compiler(),
		.flags = "-DPROMISES_REGISTERS",
		.runner = "",
	});
}

Test(fiber, works_with_the_portable_switch)
{
	build_and_run(&(struct variant){
		.source = "fiber_ucontext.c",
		.compiler = native_compiler(),
		.flags = "",
		.runner = "",
	});
}

Test(fiber, works_with_the_switch_for_aarch64)
{
#ifdef __aarch64__
	const char *compiler = native_compiler();
	const char *runner = "";
#else
	const char *compiler = "aarch64-linux-gnu-gcc";
	const char *runner = "qemu-aarch64";

	if (!compiles(compiler) || !exists(runner)) {
		fprintf(stderr, "skipped: the aarch64 switch needs %s and %s\n",
			compiler, runner);
		cr_skip("no cross compiler or no emulator");
	}
#endif
	build_and_run(&(struct variant){
		.source = "fiber_aarch64.S",
		.compiler = compiler,
		.flags = "-DPROMISES_REGISTERS -static",
		.runner = runner,
	});
}
