/*
 * Who asks for leaks alone wants them looked for.
 *
 * Options: --only leak
 * Verdict: findings
 * Incomplete: races-not-decided
 * Outcome: exit 0
 * Finding: leak in=forget
 */
#include <stdlib.h>

static void *kept;

static void forget(void)
{
	kept = malloc(10);
	kept = NULL;
}

int main(void)
{
	forget();
	return 0;
}
