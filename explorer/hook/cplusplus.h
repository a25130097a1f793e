/*
 * C++'s exceptions: where the last one was thrown, in case nobody catches it.
 */
#ifndef EXPLORER_HOOK_CPLUSPLUS_H
#define EXPLORER_HOOK_CPLUSPLUS_H

#include <stdbool.h>
#include <stdint.h>

/* Whether abort() is called from `place` by the C++ library, because nobody
 * caught what the running thread threw, or std::terminate was called. */
bool cplusplus_terminates(uintptr_t place);

/* Whether the C++ library's own code is there. */
bool cplusplus_is_library(uintptr_t place);
/* The same before a green thread runs. */
struct runtime;
bool cplusplus_is_library_of(const struct runtime *runtime, uintptr_t place);

#endif
