/* What the dynamic linker notes of a library when it is opened. */
#include <dlfcn.h>

#include "again.h"

static void use(const char *when)
{
	void *library = dlopen("libc.so.6", RTLD_LAZY);
	size_t (*length)(const char *) = NULL;
	Dl_info info = {0};

	*(void **)&length = dlsym(library, "strlen");
	printf("%s %zu", when, length("abc"));
	printf(" %d", dlsym(library, "no_such_function") != NULL);
	printf(" %d", dlerror() != NULL);
	printf(" %d", dladdr((void *)length, &info) != 0);
	printf(" %d\n", dlclose(library));
}
