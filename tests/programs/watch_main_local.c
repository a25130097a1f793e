/*
 * A local variable of main that is watched is told as main has left it, however
 * much else lies on its stack.
 *
 * Verdict: verified
 * Outcome: exit 0 first=3 last=7
 */
#include <explorer.h>
#include <stdio.h>

int main(void)
{
	int first = 1;
	volatile char space[20000] = {0};
	volatile int last = 5;

	explorer_watch("first", &first, sizeof(first));
	explorer_watch("last", &last, sizeof(last));
	printf("%d\n", space[1]);
	first = 3;
	last = 7;
	return 0;
}
