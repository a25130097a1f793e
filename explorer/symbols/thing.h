/*
 * Names of what threads can notice of each other and what is no memory: "key
 * 3".
 */
#ifndef EXPLORER_SYMBOLS_THING_H
#define EXPLORER_SYMBOLS_THING_H

#include <stdbool.h>

#include "trace/location.h"

/* What kind of thing it is; its number follows in the name. */
const char *thing_name(struct location location);

/* From the whole name to its location. False if it names no thing. */
bool thing_locate(const char *name, struct location *ret_location);

#endif
