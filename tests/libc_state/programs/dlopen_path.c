/* Another path of a library, which the dynamic linker notes. */
#include <dlfcn.h>
#include <link.h>
#include <string.h>

#include "again.h"

/* The library's folder in other words. */
static void write_path(char *path, size_t size)
{
	struct link_map *map;
	void *library = dlopen("libc.so.6", RTLD_LAZY);

	dlinfo(library, RTLD_DI_LINKMAP, &map);
	snprintf(path, size, "/.%s", map->l_name);
	dlclose(library);
}

static void use(const char *when)
{
	char path[300];
	void *library;

	write_path(path, sizeof(path));
	library = dlopen(path, RTLD_NOW);
	printf("%s %d %d", when, library != NULL,
	       dlsym(library, "strlen") != NULL);
	printf(" %d\n", dlclose(library));
}
