/*
 * Freeing what malloc() did not return: the middle of a block, a variable, a
 * literal, a local; and handing such a thing to realloc(), which gives nothing.
 *
 * Verdict: findings
 * Outcome: exit 0 "0\n"
 * Finding: invalid-free at=middle
 *     message=offset 10, in main() heap_invalid_free.c:
 * Finding: invalid-free at=variable
 *     message=frees variable in main() heap_invalid_free.c
 * Finding: invalid-free at=literal
 *     message=which malloc did not return
 * Finding: invalid-free at=local message=which malloc did not return
 * Finding: invalid-free at=grown message=offset 96
 * Finding: double-free at=again message=freed before by main
 */
#include <stdio.h>
#include <stdlib.h>

static int variable;

int main(void)
{
	int local;
	void *volatile wrong[] = {&variable, "literal", &local};
	char *volatile block = malloc(100);

	free(block + 10);		     /* middle */
	free(wrong[0]);			     /* variable */
	free(wrong[1]);			     /* literal */
	free(wrong[2]);			     /* local */
	wrong[0] = realloc(block + 96, 200); /* grown */
	free(block);
	block = realloc(block, 200); /* again */
	printf("%d\n", wrong[0] != NULL);
	return 0;
}
