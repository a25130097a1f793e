/*
 * "Did you mean": what exists, told to someone who named what does not.
 */
#ifndef EXPLORER_SYMBOLS_SUGGEST_H
#define EXPLORER_SYMBOLS_SUGGEST_H

#include "base/buffer.h"
#include "symbols/symbols.h"
#include "symbols/type.h"

/* Each appends to a sentence. `name` is what was asked for. */

/* "; did you mean 'x'?", or a list of what there is. */
void suggest_global(struct symbols *symbols, struct buffer *text,
		    const char *name);

/* ": a.c:x, b.c:x": what else is called as that variable is. */
struct spelled;
struct module;
void suggest_namesakes(struct module *module, struct buffer *text,
		       const struct spelled *spelled);

/* "; did you mean 's.next'?", or "; its fields are s.a, s.b". `owner` is the
 * struct or union, spelled "s", `name` the field. */
void suggest_field(struct buffer *text, struct type owner, const char *spelled,
		   const char *name);

/* "s.a, s.b, ..." */
void list_fields(struct buffer *text, struct type owner, const char *spelled);

/* "a[0][0] to a[3][1]" */
void list_elements(struct buffer *text, struct type array, const char *spelled);

#endif
