/*
 * Mangled names, taken apart: _ZN and K for a const function, its class, its
 * own name, the types of its parameters.
 */
#ifndef EXPLORER_HOOK_CPLUSPLUS_NAMES_H
#define EXPLORER_HOOK_CPLUSPLUS_NAMES_H

#include "hook/cplusplus_calls.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What stands behind the text, if the name begins with it; or NULL. */
const char *name_after(const char *name, const char *text);

/* The same with any of the texts. */
const char *name_after_any(const char *name, const char *const *texts,
			   size_t count);

/* What stands behind _ZN or _ZNK: the class first; NULL if nothing does. */
const char *name_of_class(const char *symbol, bool *ret_const);

/* Sets what a function of the library's streams does, or NULL if that is
 * nobody else's business; false if it is none of theirs. */
bool cplusplus_stream_known(const char *symbol, struct noted_call *call);

#endif
