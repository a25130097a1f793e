/*
 * --expect is applied where a program exits, not where it fails.
 *
 * Options: --expect x==1
 * Verdict: findings
 * Outcome: abort x=0
 * Finding: abort
 */
#include <stdlib.h>

static int x;

int main(void)
{
	abort();
	x = 1;
	return 0;
}
