/*
 * The folder in which compiled programs are kept.
 */
#include "cli/cc_cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/diagnostic.h"
#include "base/text.h"

#define UNUSED_SECONDS_MAX (30L * 24 * 60 * 60)

/* Makes a folder and those above it. */
static bool make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

/* The user's standing place for caches, or NULL. */
static char *standing_folder(void)
{
	const char *cache = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");
	char *folder;

	/* The convention has it that a relative one counts as none. */
	if (cache && *cache == '/')
		folder = text_format("%s/explorer", cache);
	else if (home && *home == '/')
		folder = text_format("%s/.cache/explorer", home);
	else
		return NULL;
	if (make_folders(folder) && access(folder, R_OK | W_OK | X_OK) == 0)
		return folder;
	free(folder);
	return NULL;
}

/* Anybody may make a folder in /tmp: programs are run only from one that is
 * the user's own, and that nobody else can write to. */
static char *temporary_folder(void)
{
	char *folder = text_format("/tmp/explorer-%u", (unsigned)geteuid());
	struct stat status;

	if (mkdir(folder, 0700) < 0 && errno != EEXIST)
		goto fail;
	if (lstat(folder, &status) < 0)
		goto fail;
	if (S_ISDIR(status.st_mode) && status.st_uid == geteuid() &&
	    (status.st_mode & (S_IWGRP | S_IWOTH)) == 0)
		return folder;
	errno = EPERM;
fail:
	complain("no folder for compiled programs: neither XDG_CACHE_HOME nor "
		 "%s can be used: %s",
		 folder, strerror(errno));
	free(folder);
	return NULL;
}

char *cc_cache_folder(void)
{
	char *folder = standing_folder();

	return folder ? folder : temporary_folder();
}

int cc_cache_touch(const char *path)
{
	return utimensat(AT_FDCWD, path, NULL, 0);
}

void cc_cache_prune(const char *folder)
{
	DIR *directory = opendir(folder);
	time_t oldest = time(NULL) - UNUSED_SECONDS_MAX;
	struct dirent *entry;
	struct stat status;

	if (!directory)
		return;
	while ((entry = readdir(directory))) {
		int at = dirfd(directory);

		if (fstatat(at, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) ==
			    0 &&
		    S_ISREG(status.st_mode) && status.st_mtime < oldest)
			unlinkat(at, entry->d_name, 0);
	}
	closedir(directory);
}
