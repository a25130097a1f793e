/*
 * Traces into files whose names are not taken yet.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "trace/trace.h"

/* Far from NAME_MAX, whatever number and suffix follow. */
#define STEM_LENGTH_MAX 120

/* Creates the folder and those above it, as mkdir -p does. */
static int make_folders(const char *folder)
{
	char *path = text_format("%s", folder);
	int status = 0;

	for (char *slash = path + 1; *path && status == 0; slash++) {
		char kept = *slash;

		if (kept != '/' && kept != '\0')
			continue;
		*slash = '\0';
		if (mkdir(path, 0777) != 0 && errno != EEXIST)
			status = -1;
		*slash = kept;
		if (kept == '\0')
			break;
	}
	free(path);
	return status;
}

static char *safe_stem(const char *stem)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_=.,+[]";
	char *safe = text_format("%.*s", STEM_LENGTH_MAX, stem);

	for (char *c = safe; *c; c++) {
		if (!strchr(allowed, *c))
			*c = '_';
	}
	return safe;
}

/* Returns a descriptor of a new file, and its path; -1 with errno. */
static int create_numbered(const char *folder, const char *stem,
			   char **ret_path)
{
	/* "traces/" is a common way to say "traces". */
	const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";

	for (unsigned number = 1;; number++) {
		char *path = text_format("%s%s%s-%u.trace", folder, slash, stem,
					 number);
		int descriptor = open(
			path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

		if (descriptor >= 0) {
			*ret_path = path;
			return descriptor;
		}
		free(path);
		if (errno != EEXIST)
			return -1;
	}
}

/* Takes over the descriptor. */
static int write_and_close(const struct trace *trace, int descriptor)
{
	FILE *file = fdopen(descriptor, "w");
	int error = 0;

	if (!file) {
		error = errno;
		close(descriptor);
		errno = error;
		return -1;
	}
	if (trace_write(trace, file) != 0)
		error = errno;
	/* What is still buffered may meet the full disk only now. */
	if (fclose(file) != 0 && !error)
		error = errno;
	errno = error;
	return error ? -1 : 0;
}

char *trace_save(const struct trace *trace, const char *folder,
		 const char *stem)
{
	char *safe;
	char *path;
	int descriptor;

	if (!*folder)
		folder = ".";
	if (make_folders(folder) != 0)
		return NULL;
	safe = safe_stem(stem);
	descriptor = create_numbered(folder, safe, &path);
	free(safe);
	if (descriptor < 0)
		return NULL;
	if (write_and_close(trace, descriptor) != 0) {
		int error = errno;

		unlink(path);
		free(path);
		errno = error;
		return NULL;
	}
	return path;
}
