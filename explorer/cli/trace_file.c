/*
 * Reading the trace that the user names.
 */
#include "cli/trace_file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diagnostic.h"

static void complain_of(const char *path, const struct trace_error *error)
{
	if (error->line > 0)
		complain("%s:%u: %s", path, error->line, error->message);
	else
		complain("%s: %s", path, error->message);
}

int trace_file_read(const char *path, struct trace *ret_trace)
{
	struct trace_error error;
	struct stat status;
	FILE *file = fopen(path, "re");
	int failed;

	if (!file) {
		complain("cannot read the trace '%s': %s", path,
			 strerror(errno));
		return -1;
	}
	if (fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode)) {
		complain("'%s' is a folder, not a trace", path);
		fclose(file);
		return -1;
	}
	failed = trace_read(file, ret_trace, &error);
	if (failed)
		complain_of(path, &error);
	fclose(file);
	return failed;
}
