/*
 * Write faults of a test's own pages, handled as the library does.
 */
#ifndef TESTS_WORLD_FAULT_H
#define TESTS_WORLD_FAULT_H

#include <stddef.h>

#include "world/pages.h"

/* Heats the pages that the test writes from now on. */
void faults_heat(struct pages *pages);
/* How many pages' faults were handled so far. */
unsigned faults_handled(void);

/* Fresh memory, in whole pages. */
void *pages_new(size_t count);

#endif
