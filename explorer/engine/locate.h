/*
 * Addresses as locations, which mean the same in every process, and back.
 */
#ifndef EXPLORER_ENGINE_LOCATE_H
#define EXPLORER_ENGINE_LOCATE_H

#include "runtime/runtime.h"
#include "trace/location.h"

struct location locate_address(const struct runtime *runtime,
			       uintptr_t address);
/* The same without regard to thread-local variables: they are heap blocks of
 * the thread that created theirs, which can be found again before it exists. */
struct location locate_memory(const struct runtime *runtime, uintptr_t address);
/* What an operation works on. */
struct location locate_object(const struct runtime *runtime,
			      const struct operation *operation);
struct code_place locate_place(const struct runtime *runtime, uintptr_t place);

/* The address of a location; 0 if it does not exist (yet). */
uintptr_t locate_back(const struct runtime *runtime,
		      const struct location *location);

#endif
