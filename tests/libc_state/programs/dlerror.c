/* The last error of the dynamic linker. */
#include <dlfcn.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %d", when, dlerror() != NULL);
	printf(" %d\n", dlopen("/nowhere/nothing.so", RTLD_NOW) != NULL);
}
