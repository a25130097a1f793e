/*
 * Thread-specific data: keys, the values that threads have for them, and the
 * destructors of these.
 *
 * Which keys are in use is part of the runtime's state. The values lie in an
 * area of the world with a part for each slot, so they are rewound with it; a
 * value goes by the key's life (`born`), since a key that is deleted and
 * created again has no values.
 */
#ifndef EXPLORER_RUNTIME_SPECIFIC_H
#define EXPLORER_RUNTIME_SPECIFIC_H

#include "runtime/runtime.h"

/* Maps the area. Called by runtime_init(). */
void specific_init(struct runtime *runtime);

/* As the pthread functions. Before main starts (runtime->current is NULL) in
 * the name of main. */
ON_FIBER int specific_key_create(struct runtime *runtime, unsigned *ret_key,
				 void (*destructor)(void *), uintptr_t place);
ON_FIBER int specific_key_delete(struct runtime *runtime, unsigned key,
				 uintptr_t place);
ON_FIBER void *specific_get(struct runtime *runtime, unsigned key,
			    uintptr_t place);
ON_FIBER int specific_set(struct runtime *runtime, unsigned key,
			  const void *value, uintptr_t place);

/* The running thread is about to end: calls the destructors of its values, by
 * key, and again as long as these leave new ones, but not for ever. */
ON_FIBER void specific_destroy(struct runtime *runtime);

#endif
