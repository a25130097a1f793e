/*
 * Names of what threads can notice of each other and what is no memory: "key
 * 3". What libc keeps is called as people would.
 */
#ifndef EXPLORER_SYMBOLS_THING_H
#define EXPLORER_SYMBOLS_THING_H

#include <stdbool.h>

#include "base/buffer.h"
#include "trace/location.h"

/* Appends the name: what kind of thing it is and which. */
void thing_name(struct location location, struct buffer *text);

/* From the whole name to its location. False if it names no thing. */
bool thing_locate(const char *name, struct location *ret_location);

#endif
