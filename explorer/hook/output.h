/*
 * Captured output, for the files that hook functions which write.
 */
#ifndef EXPLORER_HOOK_OUTPUT_H
#define EXPLORER_HOOK_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "hook/hook.h"
#include "runtime/system.h"
#include "world/output.h"

/* Text that is kept from the step that reads it to the one that writes it, at
 * most; what is longer is read again when it is written. */
#define OUTPUT_KEPT_BYTES 1024U

/* The descriptor that a FILE stands for, if it is captured; else -1. */
static inline int hook_captured(const FILE *file)
{
	if (!hook_runtime)
		return -1;
	return file == stdout	? STDOUT_FILENO
	       : file == stderr ? STDERR_FILENO
				: -1;
}

/* Whether what is written to the descriptor is captured. */
static inline bool hook_is_captured(int descriptor)
{
	return hook_runtime &&
	       (descriptor == STDOUT_FILENO || descriptor == STDERR_FILENO);
}

/* Announces output to a captured FILE; what has been left in buffers comes
 * before it. Returns where it goes, or NULL if the FILE is not captured. */
ON_FIBER static inline struct output *hook_output(const FILE *file,
						  uintptr_t place)
{
	int descriptor = hook_captured(file);

	if (descriptor < 0)
		return NULL;
	system_output(hook_runtime, descriptor, place);
	output_drain(&hook_runtime->world.output);
	return &hook_runtime->world.output;
}

#endif
