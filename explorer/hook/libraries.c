/*
 * The loader's functions. See libraries.h.
 */
#include "hook/libraries.h"

#include <dlfcn.h>
#include <link.h>
#include <string.h>
#include <sys/stat.h>

#include "hook/hook.h"
#include "runtime/announce.h"

#define FOR_LOADED(map)                                                        \
	for (const struct link_map *map = _r_debug.r_map; map;                 \
	     map = (map)->l_next)

/* The program itself and what the kernel provides have no path. */
void libraries_keep(void)
{
	FOR_LOADED(map)
	{
		const char *slash = strrchr(map->l_name, '/');

		if (!slash)
			continue;
		REAL(dlopen)(map->l_name, RTLD_NOLOAD | RTLD_LAZY);
		REAL(dlopen)(slash + 1, RTLD_NOLOAD | RTLD_LAZY);
	}
}

static bool is_same_file(const char *a, const char *b)
{
	struct stat first = {0};
	struct stat second = {0};

	return stat(a, &first) == 0 && stat(b, &second) == 0 &&
	       first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* The path by which the loader knows that library: it would note any other. */
static const char *known_path(const char *path)
{
	if (!path || !strchr(path, '/'))
		return path;
	FOR_LOADED(map)
	if (strchr(map->l_name, '/') && is_same_file(map->l_name, path))
		return map->l_name;
	return path;
}

EXPORT void *dlopen(const char *path, int mode)
{
	bool is_late;
	void *library;

	if (!hook_runtime || !hook_runtime->current)
		return REAL(dlopen)(path, mode);
	path = known_path(path);
	is_late = path && !REAL(dlopen)(path, RTLD_NOLOAD | RTLD_LAZY);
	library = REAL(dlopen)(path, mode);
	if (is_late && library)
		runtime_refuse(hook_runtime,
			       "dlopen of a library that the program is not "
			       "linked with",
			       PLACE);
	return library;
}

static bool is_loaded(const void *library)
{
	FOR_LOADED(map)
	if (map == library)
		return true;
	return false;
}

/* The loader's count of uses is not rewound: one close that is made again and
 * again would use it up. */
EXPORT int dlclose(void *library)
{
	if (hook_runtime && hook_runtime->current && is_loaded(library))
		return 0;
	return REAL(dlclose)(library);
}
