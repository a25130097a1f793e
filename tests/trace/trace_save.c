/*
 * explorer/trace/trace_save.c
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "sample.h"
#include "trace/trace.h"

static char folder[64];

static void enter_folder(void)
{
	strcpy(folder, "/tmp/explorer-test-XXXXXX");
	cr_assert(ne(ptr, mkdtemp(folder), NULL));
	cr_assert(eq(int, chdir(folder), 0));
}

static void remove_folder(void)
{
	char *command = text_format("rm -rf '%s'", folder);

	cr_assert(eq(int, system(command), 0));
	free(command);
}

TestSuite(trace_save, .init = enter_folder, .fini = remove_folder);

static unsigned files_in(const char *path)
{
	DIR *directory = opendir(path);
	struct dirent *entry;
	unsigned count = 0;

	while (directory && (entry = readdir(directory)))
		count += entry->d_name[0] != '.';
	if (directory)
		closedir(directory);
	return count;
}

static void assert_saved(const char *path, const char *expected)
{
	struct trace trace;
	struct trace_error error;
	FILE *file;

	cr_assert(eq(str, (char *)path, (char *)expected));
	file = fopen(path, "r");
	cr_assert(ne(ptr, file, NULL));
	cr_assert(eq(int, trace_read(file, &trace, &error), 0));
	fclose(file);
	trace_fini(&trace);
}

static void save_and_expect(const struct trace *trace, const char *in,
			    const char *stem, const char *expected)
{
	char *path = trace_save(trace, in, stem);

	cr_assert(ne(ptr, path, NULL));
	assert_saved(path, expected);
	free(path);
}

Test(trace_save, counts_up_and_never_overwrites)
{
	struct trace trace = sample_trace();

	save_and_expect(&trace, "traces", "counter-x=2",
			"traces/counter-x=2-1.trace");
	save_and_expect(&trace, "traces", "counter-x=2",
			"traces/counter-x=2-2.trace");
	save_and_expect(&trace, "traces/", "other", "traces/other-1.trace");
	cr_assert(eq(int, remove("traces/counter-x=2-1.trace"), 0));
	save_and_expect(&trace, "traces", "counter-x=2",
			"traces/counter-x=2-1.trace");
	trace_fini(&trace);
}

Test(trace_save, creates_folders)
{
	struct trace trace = sample_trace();

	save_and_expect(&trace, "a/b/c", "t", "a/b/c/t-1.trace");
	save_and_expect(&trace, "", "t", "./t-1.trace");
	trace_fini(&trace);
}

Test(trace_save, tames_stems)
{
	struct trace trace = sample_trace();
	char stem[400];

	save_and_expect(&trace, "t", "a/p=&x+8 $(y)\n",
			"t/a_p=_x+8___y__-1.trace");
	memset(stem, 'a', sizeof(stem) - 1);
	stem[sizeof(stem) - 1] = '\0';
	free(trace_save(&trace, "t", stem));
	cr_assert(eq(uint, files_in("t"), 2));
	trace_fini(&trace);
}

Test(trace_save, says_why_a_folder_cannot_be_used)
{
	struct trace trace = sample_trace();

	close(open("file", O_CREAT | O_WRONLY, 0600));
	cr_assert(eq(ptr, trace_save(&trace, "file", "t"), NULL));
	cr_assert(eq(int, errno, ENOTDIR));
	cr_assert(eq(ptr, trace_save(&trace, "file/below", "t"), NULL));
	cr_assert(eq(int, errno, ENOTDIR));
	cr_assert(eq(ptr, trace_save(&trace, "/proc/none", "t"), NULL));
	trace_fini(&trace);
}

Test(trace_save, leaves_nothing_behind_when_the_disk_is_full)
{
	struct trace trace = sample_trace();
	struct rlimit limit = {.rlim_cur = 100, .rlim_max = 100};

	signal(SIGXFSZ, SIG_IGN);
	cr_assert(eq(int, mkdir("t", 0777), 0));
	cr_assert(eq(int, setrlimit(RLIMIT_FSIZE, &limit), 0));
	cr_assert(eq(ptr, trace_save(&trace, "t", "t"), NULL));
	cr_assert(eq(int, errno, EFBIG));
	cr_assert(eq(uint, files_in("t"), 0));
	trace_fini(&trace);
}
