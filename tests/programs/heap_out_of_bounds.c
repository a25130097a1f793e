/*
 * One element too far, and one before the first; partly beyond the end; and
 * from the far end of a large block.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: out-of-bounds at=end
 *     message=main writes 4 bytes at heap block of 40 bytes from main()
 * Finding: out-of-bounds at=start message=offset -4,
 * Finding: out-of-bounds at=read
 *     message=main reads 4 bytes at heap block of 40 bytes
 * Finding: out-of-bounds at=across message=offset 7,
 * Finding: out-of-bounds at=large
 *     message=heap block of 1000000 bytes
 * Finding: out-of-bounds at=none message=heap block of 0 bytes
 * Finding: out-of-bounds at=struct message=offset 24,
 */
#include <stdlib.h>
#include <string.h>

struct item {
	long a;
	long b;
	long c;
};

int main(void)
{
	struct item empty = {0, 0, 0};
	struct item *items;
	long across;
	char *large;
	int *array = malloc(10 * sizeof(*array));
	char *bytes = malloc(10);

	array[10] = 1;		 /* end */
	array[-1] = 1;		 /* start */
	array[9] = array[11];	 /* read */
	*(int *)(bytes + 7) = 3; /* across */
	large = malloc(1000000);
	large[1000000] = 1; /* large */
	bytes = malloc(0);
	*bytes = 1; /* none */
	items = malloc(sizeof(*items));
	items[1] = empty; /* struct */
	across = items[0].a;
	return across > 0 && array[9] > 5;
}
