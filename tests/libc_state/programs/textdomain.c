/* The domain of translations. */
#include <libintl.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %s\n", when, textdomain(NULL));
	textdomain("other");
}
