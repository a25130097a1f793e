/* Whether a stream is wide. */
#include <wchar.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %d\n", when, fwide(stderr, 0));
	fwide(stderr, 1);
}
