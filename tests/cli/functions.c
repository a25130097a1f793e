/*
 * docs/functions.md has a row for each function that the library takes over or
 * refuses, and for each of glibc's POSIX threads, semaphores, C11 threads and
 * atomics; what it says of them is so, and the tests that it names exist.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <ctype.h>
#include <fnmatch.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"
#include "support/run.h"

#define TABLE	"docs/functions.md"
#define REFUSED "explorer/hook/unsupported.def"
#define LIBRARY "build/libexplorer.so"

/* --- The table */

struct row {
	struct lines names; /* may be patterns */
	char *how;
	struct lines tests; /* paths */
};

struct table {
	struct row *rows;
	size_t count;
};

/* Adds what stands between each pair of marks. */
static void add_between(struct lines *lines, const char *text,
			const char *begin, char end)
{
	while ((text = strstr(text, begin)) != NULL) {
		text += strlen(begin);
		lines_add(lines,
			  strndup(text, strcspn(text, (char[]){end, 0})));
	}
}

/* "| `name`, `name` | how | [file](../path), ... |" */
static void row_read(struct table *table, char *line)
{
	struct row row = {0};
	char *cells[3] = {NULL};

	strsep(&line, "|");
	for (int i = 0; i < 3; i++)
		cells[i] = strsep(&line, "|");
	for (char *name = strtok(cells[0], "`, "); name != NULL;
	     name = strtok(NULL, "`, "))
		lines_add(&row.names, strdup(name));
	row.how = strdup(cells[1]);
	add_between(&row.tests, cells[2], "(../", ')');
	table->rows =
		realloc(table->rows, (table->count + 1) * sizeof(*table->rows));
	cr_assert_not_null(table->rows);
	table->rows[table->count++] = row;
}

static void table_read(struct table *ret_table)
{
	char *text = scratch_read(TABLE);
	char *rest = text;
	char *line;

	*ret_table = (struct table){0};
	while ((line = strsep(&rest, "\n")) != NULL)
		if (strncmp(line, "| `", 3) == 0)
			row_read(ret_table, line);
	free(text);
	cr_assert(gt(sz, ret_table->count, 20));
}

static void table_fini(struct table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		lines_fini(&table->rows[i].names);
		lines_fini(&table->rows[i].tests);
		free(table->rows[i].how);
	}
	free(table->rows);
}

static const struct row *row_of(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->count; i++)
		for (size_t k = 0; k < table->rows[i].names.count; k++)
			if (fnmatch(table->rows[i].names.at[k], name, 0) == 0)
				return &table->rows[i];
	return NULL;
}

/* --- What there is */

/* Adds the part of each line of a command's output that the expression's first
 * group matches. */
static void add_matches(struct lines *lines, const char *command,
			const char *expression)
{
	struct arguments words = {0};
	struct run run;
	regmatch_t found[2];
	regex_t regex;
	char *rest;
	char *line;

	cr_assert(zero(int, regcomp(&regex, expression, REG_EXTENDED)));
	arguments_add_words(&words, command);
	run_to_end(&words, NULL, &run);
	cr_assert(eq(int, run.status, 0), "%s: %s", command, run.err);
	rest = run.out;
	while ((line = strsep(&rest, "\n")) != NULL)
		if (regexec(&regex, line, 2, found, 0) == 0)
			lines_add(lines, strndup(line + found[1].rm_so,
						 (size_t)(found[1].rm_eo -
							  found[1].rm_so)));
	run_fini(&run);
	arguments_fini(&words);
	regfree(&regex);
}

static void expect_rows(const struct table *table, const char *command,
			const char *expression, size_t names_min)
{
	struct lines names = {0};

	add_matches(&names, command, expression);
	cr_assert(ge(sz, names.count, names_min), "%s", command);
	for (size_t i = 0; i < names.count; i++)
		if (row_of(table, names.at[i]) == NULL)
			cr_fail(TABLE ": no row for %s", names.at[i]);
	lines_fini(&names);
}

Test(functions, every_one_has_a_row)
{
	struct table table;

	table_read(&table);
	expect_rows(&table, "nm -D --defined-only " LIBRARY, " [TWVi] ([^@]+)",
		    200);
	expect_rows(&table, "cat " REFUSED, "^UNSUPPORTED\\((.+)\\)", 1);
	expect_rows(
		&table, "nm -D --defined-only /lib/x86_64-linux-gnu/libc.so.6",
		" [TWi] ((pthread|sem|thrd|mtx|cnd|tss)_[^@]+|call_once)", 100);
	expect_rows(&table,
		    "gcc -E -dM -D_GNU_SOURCE -include stdatomic.h "
		    "-include pthread.h -x c /dev/null",
		    "^#define "
		    "((atomic|pthread)_[a-z_]+|kill_dependency)\\(",
		    20);
	table_fini(&table);
}

/* --- What the rows say */

static bool says_refused(const struct row *row)
{
	return strncmp(row->how, " not yet", 8) == 0 ||
	       strncmp(row->how, " refused", 8) == 0;
}

Test(functions, those_not_supported_are_said_to_be_refused)
{
	struct lines refused = {0};
	struct table table;

	table_read(&table);
	add_matches(&refused, "cat " REFUSED, "^UNSUPPORTED\\((.+)\\)");
	for (size_t i = 0; i < table.count; i++)
		for (size_t k = 0; k < table.rows[i].names.count; k++) {
			const char *name = table.rows[i].names.at[k];

			cr_expect(lines_contain(&refused, name) ==
					  says_refused(&table.rows[i]),
				  "%s:%s", name, table.rows[i].how);
		}
	lines_fini(&refused);
	table_fini(&table);
}

/* Whether the text has the name as a word of its own. */
static bool mentions(const char *text, const char *name)
{
	const size_t length = strlen(name);

	for (const char *at = text; (at = strstr(at, name)) != NULL; at++)
		if ((at == text ||
		     !(isalnum((unsigned char)at[-1]) || at[-1] == '_')) &&
		    !(isalnum((unsigned char)at[length]) || at[length] == '_'))
			return true;
	return false;
}

static bool is_mentioned(const struct row *row, const char *name)
{
	bool found = false;

	for (size_t i = 0; i < row->tests.count && !found; i++) {
		char *text = scratch_read(row->tests.at[i]);

		found = mentions(text, name);
		free(text);
	}
	return found;
}

/* Names of the implementation are not written in programs; of the rest of the
 * C library, one test may stand for several functions that do the same. */
static bool needs_test(const char *name)
{
	static const char *const families[] = {"pthread_", "sem_",     "thrd_",
					       "mtx_",	   "cnd_",     "tss_",
					       "atomic_",  "call_once"};

	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		if (strncmp(name, families[i], strlen(families[i])) == 0)
			return true;
	return false;
}

Test(functions, those_supported_are_in_the_tests_that_are_named)
{
	struct table table;

	table_read(&table);
	for (size_t i = 0; i < table.count; i++) {
		const struct row *row = &table.rows[i];

		if (says_refused(row) ||
		    strncmp(row->how, " called as it is", 16) == 0)
			continue;
		for (size_t k = 0; k < row->names.count; k++)
			if (needs_test(row->names.at[k]))
				cr_expect(is_mentioned(row, row->names.at[k]),
					  "no test of %s", row->names.at[k]);
	}
	table_fini(&table);
}

Test(functions, tests_that_are_named_exist)
{
	struct table table;

	table_read(&table);
	for (size_t i = 0; i < table.count; i++)
		for (size_t k = 0; k < table.rows[i].tests.count; k++)
			free(scratch_read(table.rows[i].tests.at[k]));
	table_fini(&table);
}

/* --- What there is besides */

#define CALLS "explorer/hook/libc_calls.def"

/* Where programs find the functions of glibc. */
static const char *const headers[] = {
	"aio.h",	  "argp.h",	    "argz.h",	      "arpa/inet.h",
	"arpa/nameser.h", "complex.h",	    "ctype.h",	      "dirent.h",
	"dlfcn.h",	  "envz.h",	    "err.h",	      "errno.h",
	"error.h",	  "execinfo.h",	    "fcntl.h",	      "fenv.h",
	"fmtmsg.h",	  "fnmatch.h",	    "fstab.h",	      "fts.h",
	"ftw.h",	  "gconv.h",	    "getopt.h",	      "glob.h",
	"grp.h",	  "gshadow.h",	    "iconv.h",	      "ifaddrs.h",
	"inttypes.h",	  "langinfo.h",	    "libgen.h",	      "libintl.h",
	"link.h",	  "locale.h",	    "malloc.h",	      "math.h",
	"mcheck.h",	  "mntent.h",	    "monetary.h",     "mqueue.h",
	"net/if.h",	  "netdb.h",	    "netinet/in.h",   "nl_types.h",
	"obstack.h",	  "poll.h",	    "printf.h",	      "pthread.h",
	"pty.h",	  "pwd.h",	    "regex.h",	      "resolv.h",
	"sched.h",	  "search.h",	    "semaphore.h",    "setjmp.h",
	"shadow.h",	  "signal.h",	    "spawn.h",	      "stdio.h",
	"stdio_ext.h",	  "stdlib.h",	    "string.h",	      "strings.h",
	"sys/acct.h",	  "sys/auxv.h",	    "sys/epoll.h",    "sys/eventfd.h",
	"sys/file.h",	  "sys/inotify.h",  "sys/ioctl.h",    "sys/ipc.h",
	"sys/mman.h",	  "sys/mount.h",    "sys/msg.h",      "sys/prctl.h",
	"sys/quota.h",	  "sys/random.h",   "sys/resource.h", "sys/select.h",
	"sys/sem.h",	  "sys/sendfile.h", "sys/shm.h",      "sys/signalfd.h",
	"sys/socket.h",	  "sys/stat.h",	    "sys/statfs.h",   "sys/statvfs.h",
	"sys/syscall.h",  "sys/sysinfo.h",  "sys/time.h",     "sys/timerfd.h",
	"sys/times.h",	  "sys/timex.h",    "sys/uio.h",      "sys/un.h",
	"sys/utsname.h",  "sys/wait.h",	    "sys/xattr.h",    "syslog.h",
	"termios.h",	  "threads.h",	    "time.h",	      "uchar.h",
	"ulimit.h",	  "unistd.h",	    "utime.h",	      "utmp.h",
	"utmpx.h",	  "wchar.h",	    "wctype.h",	      "wordexp.h"};

/* A file that includes those headers that there are. */
static char *include_all(const char *folder)
{
	char *text;
	char *path;
	size_t length;
	FILE *file = open_memstream(&text, &length);

	cr_assert_not_null(file);
	fputs("#define _GNU_SOURCE\n", file);
	for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++)
		fprintf(file,
			"#if __has_include(<%s>)\n#include <%s>\n#endif\n",
			headers[i], headers[i]);
	fclose(file);
	path = scratch_write(folder, "all.c", text);
	free(text);
	return path;
}

/* Of what takes a pointer, every function is taken over, or its accesses are
 * worked out, or said not to be, or said to be none. Names that begin with an
 * underscore are glibc's own; what came after version 2.36 is not looked for.
 */
Test(functions, what_takes_pointers_is_known)
{
	char *folder = scratch_folder("functions");
	char *source = include_all(folder);
	struct lines declared = {0};
	struct lines defined = {0};
	struct lines known = {0};
	size_t seen = 0;
	char *command;

	cr_assert(
		gt(int,
		   asprintf(&command, "gcc -fsyntax-only -aux-info %s/all.x %s",
			    folder, source),
		   0));
	/* It says nothing: what it finds is in the file. */
	add_matches(&declared, command, "(.*)");
	free(command);
	cr_assert(gt(int, asprintf(&command, "cat %s/all.x", folder), 0));
	add_matches(&declared, command,
		    "^/\\* .*[ *]([a-z][A-Za-z0-9_]*) \\(.*[][*].*\\);$");
	free(command);
	for (int i = 0; i < 2; i++)
		add_matches(&defined,
			    i == 0 ? "nm -D --defined-only "
				     "/lib/x86_64-linux-gnu/libc.so.6"
				   : "nm -D --defined-only "
				     "/lib/x86_64-linux-gnu/libm.so.6",
			    " [TWi] ([^@]+)@@?GLIBC_2[.]"
			    "([0-9]|[12][0-9]|3[0-6])([.]|$)");
	add_matches(&known, "nm -D --defined-only " LIBRARY, " [TWVi] ([^@]+)");
	add_matches(&known, "cat " CALLS, "^LIBC_[A-Z]+\\(([^,)]+)");
	for (size_t i = 0; i < declared.count; i++) {
		if (!lines_contain(&defined, declared.at[i]))
			continue;
		seen++;
		cr_expect(lines_contain(&known, declared.at[i]),
			  CALLS ": nothing is said of %s", declared.at[i]);
	}
	cr_assert(gt(sz, seen, 800));
	lines_fini(&declared);
	lines_fini(&defined);
	lines_fini(&known);
	free(source);
	scratch_remove(folder);
}
