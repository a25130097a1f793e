/*
 * What a switch there and back costs, with nothing else done: the yardstick
 * for everything that the engine does in a step.
 *
 *     bench VARIANT
 *
 * VARIANT is only printed; which switch it is was decided when this was linked.
 * The best of several rounds is the one that the rest of the machine disturbed
 * least.
 */
#include "world/fiber.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS	 7
#define SWITCHES 2000000

static struct fiber here, there;
static _Alignas(64) char stack[64 * 1024];

static void bounces(void *argument)
{
	(void)argument;
	for (;;)
		fiber_switch(&there, &here);
}

static double now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static double round_ns(void)
{
	double begin = now_ns();

	for (int i = 0; i < SWITCHES; i++)
		fiber_switch(&here, &there);
	return (now_ns() - begin) / SWITCHES;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: %s VARIANT\n", argv[0]);
		return 2;
	}
	fiber_init(&there, stack, sizeof stack, bounces, NULL);
	double best = round_ns();
	for (int i = 1; i < ROUNDS; i++) {
		double ns = round_ns();

		if (ns < best)
			best = ns;
	}
	printf("switch-there-and-back %s %.1f\n", argv[1], best);
	return 0;
}
