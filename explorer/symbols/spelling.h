/*
 * What a variable is called where several have the same name.
 *
 * A variable can be spelled in several ways, from short to long:
 *
 *     count
 *     queue.c:count
 *     queue.c:push:count		a static local of push()
 *     src/queue.c:count
 *     ...
 *     src/queue.c:push:12:count	two of them in push(), one of line 12
 *
 * It is called by the first of them that no other variable of its module can
 * be meant by. Since each spelling is tried in the same order for all, a name
 * depends on the source only, not on the addresses.
 */
#ifndef EXPLORER_SYMBOLS_SPELLING_H
#define EXPLORER_SYMBOLS_SPELLING_H

#include <stdbool.h>
#include <stddef.h>

#include "symbols/module.h"

/* Who can be meant by a spelling. */
struct spelled {
	struct variable *variable;
	bool is_ambiguous; /* others of the same scope can be meant as well */
};

/* Fills in module->spellings. */
void spellings_collect(struct module *module);
void spellings_fini(struct module *module);

/* NULL if nothing in the module is called so. */
const struct spelled *spelling_find(const struct module *module,
				    const char *spelling, size_t length);

/* What the variable is called; NULL if every spelling is ambiguous. Belongs to
 * the module. */
const char *spelling_of(struct module *module, struct variable *variable);

#endif
