/*
 * What functions of libc access on the program's behalf, of which nothing else
 * is to be said: libc announces nothing, so each call is noted as accesses to
 * the ranges that its arguments tell of (libc_calls.def has them by name).
 *
 * How much a function writes is not always told by its arguments: strftime()
 * may leave most of its room alone. Such functions depend on nothing but their
 * arguments, and are called twice, the first time with room of our own. Of a
 * function whose accesses are not worked out a call while there are other
 * threads makes the answer incomplete.
 */
#ifndef EXPLORER_HOOK_LIBC_CALLS_H
#define EXPLORER_HOOK_LIBC_CALLS_H

#include "hook/noted_calls.h"

/* What is known of the function of that name; its `note` is NULL where nothing
 * is to be said. */
struct noted_call libc_call_known(const char *symbol);

#endif
