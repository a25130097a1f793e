/*
 * More functions of libc that go too far on the program's behalf: what printf
 * is told to print or to write, what scanf stores, what is cut up, compared
 * without case, read from a stream.
 *
 * Verdict: findings
 * Finding: out-of-bounds at=string message=reads 9 bytes at
 * Finding: out-of-bounds at=formatted message=reads 9 bytes at
 * Finding: out-of-bounds at=position message=writes 4 bytes at
 * Finding: out-of-bounds at=number message=writes 8 bytes at
 * Finding: out-of-bounds at=word message=writes 10 bytes at
 * Finding: out-of-bounds at=characters message=writes 9 bytes at
 * Finding: out-of-bounds at=input message=writes 4 bytes at
 * Finding: out-of-bounds at=line message=writes 9 bytes at
 * Finding: out-of-bounds at=token message=reads 10 bytes at
 * Finding: out-of-bounds at=found message=reads 10 bytes at
 * Finding: out-of-bounds at=alike message=reads 9 bytes at
 * Finding: out-of-bounds at=bytes message=writes 12 bytes at
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int main(void)
{
	/* What lies behind the block is zero. */
	char *volatile block = malloc(8);
	char *volatile number = malloc(4);
	char line[32];
	char *rest;
	long sum = 0;

	memset(block, 'a', 8);
	printf("%s\n", block); /* string */
	printf("%.8s %-*d\n", block, 3, 7);
	snprintf(line, sizeof(line), "%5s", block);	 /* formatted */
	snprintf(line, 32, "ab%n", (int *)(number + 2)); /* position */
	sscanf("17 18", "%*d %ld", (long *)number);	 /* number */
	sscanf("17 18", "%3d%d", (int *)number, (int *)block);
	sscanf("123456789 b", "%s", block); /* word */
	sscanf("1234567 b", "%s", block);
	sscanf("123456789 b", "%7s", block);
	sscanf("123456789 b", "%9c", block); /* characters */
	sscanf("x", "%d", (int *)(number + 2));
	scanf("%d", (int *)(number + 2)); /* input */
	fgets(block, 9, stdin);		  /* line */
	memset(block, 'a', 8);
	sum += strtok_r(block, ",", &rest) == rest; /* token */
	sum += strstr(block, "b") == NULL;	    /* found */
	sum += strcasecmp(block, "AAAAAAAAB");	    /* alike */
	sum += (long)fread(block, 4, 3, stdin);	    /* bytes */
	free(block);
	free(number);
	return sum == 12345;
}
