/*
 * _exit() runs no handler and writes no buffer.
 *
 * Verdict: verified
 * Outcome: exit 5 "buffered"
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void handler(void)
{
	printf("handler\n");
}

int main(void)
{
	atexit(handler);
	printf("buffered");
	fflush(stdout);
	_exit(5);
}
