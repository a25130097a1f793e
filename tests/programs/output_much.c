/*
 * More output than a buffer holds, none of it lost and none of it in the wrong
 * order.
 *
 * Verdict: verified
 * Outcomes: 1
 * Output: begins 00000\n00001\n
 * Output: ends 05999\nend\n
 */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	for (int i = 0; i < 6000; i++)
		printf("%05d\n", i);
	fflush(stdout);
	write(1, "end\n", 4);
	return 0;
}
