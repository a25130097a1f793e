/* A pattern, compiled once. */
#include <regex.h>

#include "again.h"

static void use(const char *when)
{
	static regex_t pattern;
	static int compiled;
	regmatch_t match[1];

	if (!compiled++)
		regcomp(&pattern, "a+", REG_EXTENDED);
	printf("%s %d", when, regexec(&pattern, "again", 1, match, 0));
	printf(" %d\n", (int)match[0].rm_eo);
}
