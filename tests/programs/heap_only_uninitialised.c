/*
 * Who asks for one kind of finding alone wants it looked for, and nothing else
 * told.
 *
 * Options: --only uninitialised-read
 * Verdict: findings
 * Incomplete: races-not-decided
 * Outcome: exit 0
 * Finding: uninitialised-read in=main at=here
 */
#include <stdlib.h>

static int *numbers;

int main(void)
{
	numbers = malloc(2 * sizeof(*numbers));
	numbers[0] = 1;
	if (numbers[1] == 7) /* here */
		numbers[2] = 3;
	free(numbers);
	return numbers[0] - 1;
}
