/*
 * Captured output, for the files that hook functions which write.
 */
#ifndef EXPLORER_HOOK_OUTPUT_H
#define EXPLORER_HOOK_OUTPUT_H

#include <stdint.h>
#include <stdio.h>

#include "runtime/runtime.h"

/* Announces output to a captured FILE; what has been left in buffers comes
 * before it. Returns where it goes, or NULL if the FILE is not captured. */
ON_FIBER struct output *hook_output(const FILE *file, uintptr_t place);

#endif
