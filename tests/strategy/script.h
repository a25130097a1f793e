/*
 * Random programs for tests of strategies.
 */
#ifndef TESTS_STRATEGY_SCRIPT_H
#define TESTS_STRATEGY_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "strategy/traces.h"

#define SCRIPT_THREADS 3U

/* Sets up the program; what it does is drawn anew by script_draw(). */
void script_start(void);
/* With threads that spin, fewer and shorter ones. */
enum script_sort {
	SCRIPT_PLAIN,
	SCRIPT_SPINS,
	SCRIPT_POLLS, /* under a lock, or writing back what is there */
};
void script_draw(uint64_t seed, enum script_sort sort);
void script_print(void);

#endif
