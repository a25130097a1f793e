/*
 * What a search says of what it does not see, and --trust of that: assembly,
 * calls and libraries that are not under control, structs that are passed by
 * value. Each is a warning, once, and most make the answer incomplete.
 */
#ifndef EXPLORER_POOL_UNSEEN_H
#define EXPLORER_POOL_UNSEEN_H

#include "pool/hunt.h"

/* What the program's debug information tells of. */
void unseen_in_code(struct hunt *hunt);

/* The program has called a function that is not under control. `phrase` says
 * where, as of place_phrase(); empty: nobody knows. */
void unseen_call(struct hunt *hunt, const struct unsupported *call,
		 const char *phrase);

/* A library that was not built with explorer cc has changed its variables. */
void unseen_library(struct hunt *hunt, const char *path);

#endif
