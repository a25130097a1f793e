/*
 * Functions of libc that go too far on the program's behalf.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: out-of-bounds at=copied
 *     message=writes 9 bytes at heap block of 8 bytes
 * Finding: out-of-bounds at=source
 *     message=reads 9 bytes at heap block of 8 bytes
 * Finding: out-of-bounds at=string
 * Finding: out-of-bounds at=length
 * Finding: out-of-bounds at=set
 * Finding: out-of-bounds at=printed
 * Finding: out-of-bounds at=compared
 * Finding: out-of-bounds at=before message=offset -1
 * Finding: use-after-free at=freed message=reads
 * Finding: use-after-free at=moved message=writes
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char large[64];

int main(void)
{
	char *volatile block = malloc(8);
	char *volatile other = calloc(1, 8);
	size_t length;

	memcpy(block, large, 9);		/* copied */
	memcpy(large, block, 9);		/* source */
	strcpy(block, "12345678");		/* string */
	length = strlen(block);			/* length */
	memset(block, 0, 12);			/* set */
	snprintf(block, 20, "%d", 123456789);	/* printed */
	length += memcmp(block, large, 9) == 7; /* compared */
	memset(block - 1, 0, 2);		/* before */
	free(other);
	memcpy(large, other, 8);  /* freed */
	memmove(other, large, 8); /* moved */
	return length == 100;
}
