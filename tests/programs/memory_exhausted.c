/*
 * Memory runs out for the program, which can tell and goes on.
 *
 * Watch: failed
 * Verdict: verified
 * Outcome: exit 0 failed=3
 */
#include <errno.h>
#include <stdlib.h>

static int failed;

int main(void)
{
	errno = 0;
	if (malloc((size_t)1 << 60) == NULL && errno == ENOMEM)
		failed = 1;
	for (int i = 0; i < 1 << 20; i++)
		if (malloc((size_t)1 << 40) == NULL) {
			failed |= 2;
			break;
		}
	return 0;
}
