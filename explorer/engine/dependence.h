/*
 * Which operations conflict: whether the order of two of them can matter.
 *
 * Said once, here, and symmetrically, for every pair; strategies and detectors
 * ask and never look at kinds themselves. What has no row conflicts with
 * everything.
 */
#ifndef EXPLORER_ENGINE_DEPENDENCE_H
#define EXPLORER_ENGINE_DEPENDENCE_H

#include <stdbool.h>

#include "runtime/runtime.h"

/* Whether two operations of different threads conflict. */
bool operations_conflict(const struct operation *a, const struct operation *b);

/* Whether two operations of different threads access the same bytes of
 * memory, at least one of them writing. */
bool accesses_conflict(const struct operation *a, const struct operation *b);

/* Whether an operation accesses memory, and whether it does so atomically. */
bool operation_is_access(const struct operation *operation);
bool operation_is_atomic(const struct operation *operation);
/* Whether it writes to the bytes at `address`; and whether it reads there.
 * For accesses. */
bool operation_is_write(const struct operation *operation);
bool operation_is_read(const struct operation *operation);

#endif
