/*
 * Executions that the program does not want are dropped: of three choices one
 * is left. What would be wrong with the others is nobody's concern.
 *
 * Watch: x
 * Verdict: verified
 * Executions: 1
 * Outcome: exit 0 x=1
 */
#include <assert.h>
#include <explorer.h>

static unsigned x;

int main(void)
{
	x = explorer_choose(3);
	explorer_assume(x == 1);
	assert(x != 2);
	return 0;
}
