/*
 * What is asked for never holds: no execution is left, so nothing is known of
 * the program, and nothing is verified.
 *
 * Verdict: incomplete
 * Incomplete: all-dropped
 * Executions: 0
 * Outcomes: 0
 */
#include <explorer.h>

int main(void)
{
	unsigned x = explorer_choose(3);

	explorer_assume(x == 4);
	return 0;
}
